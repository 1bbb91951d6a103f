//! Words people type in our other languages, besides the ones our pages use themselves.
//!
//! What boekje says it understands: the headings, names of fields and states in the tables
//! of words ([`Lang::words`]) are read as they stand. Here are the other forms: somebody
//! types `Absprachen` where we say `Vereinbarungen`, or is `Mutter` where we say `Elternteil`.
//! Nothing here opens or closes a text; that stays with the words in [`super::people`] and
//! [`super::signs`].

use crate::lang::{self, Lang};
use crate::model::{Callout, Key, Role, Status};
use crate::text::{fold, fold_key};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// What something is, and its words, with `|` between them.
type Row<T> = (T, &'static str);

/// Headings of a plan and of a tip: German, French, Arabic, Turkish, Polish, Ukrainian.
#[rustfmt::skip]
const HEADINGS: &[Row<Role>] = &[
    (Role::People, "wer ist dabei|wer gehört dazu|wer wir sind|qui sommes-nous|les participants|المشاركون|من معنا|kim katılıyor|katılanlar|kto uczestniczy|uczestnicy|хто з нами|учасники"),
    (Role::Question, "worum geht es|meine Frage|de quoi s’agit-il|ma question|ما الموضوع|سؤالي|konumuz ne|sorum|o co chodzi|moje pytanie|про що йдеться|моє питання"),
    (Role::Questions, "die drei Fragen|les trois questions|الأسئلة الثلاثة|три запитання"),
    (Role::Important, "was ist euch wichtig|was findest du wichtig|qu’est-ce qui compte pour toi|qu’est-ce qui est important pour vous|ما المهم لك|ما المهم بالنسبة لكم|ما هو المهم بالنسبة لك|senin için ne önemli|sizin için önemli olan ne|co jest dla was ważne|що для вас важливо"),
    (Role::Needs, "was braucht ihr|was brauchst du dafür|de quoi avez-vous besoin|ماذا تحتاجين|ماذا تحتاجون|ما الذي تحتاجه|neye ihtiyacınız var|czego potrzebujecie|що вам потрібно|чого ти потребуєш"),
    (Role::Solution, "was siehst du als Lösung|was seht ihr selbst als Lösung|welche Lösung siehst du|quelle solution vois-tu|quelle solution voyez-vous|ما الحل برأيك|ما الحل في رأيك|ما الحل الذي ترينه|ما الحل الذي تراه بنفسك|sence çözüm nedir|sizce çözüm ne|jakie rozwiązanie widzicie|яке рішення ти бачиш|яке рішення бачите ви"),
    (Role::Strengths, "was gut läuft|was schon gut läuft|was geht gut|Stärken|ce qui marche bien|ما الذي يسير جيدا|نقاط القوة|ne iyi gidiyor|neler iyi gidiyor|co się udaje|co działa dobrze|mocne strony|що вдається|що виходить добре"),
    (Role::Worries, "worüber machen wir uns Sorgen|unsere Sorgen|nos inquiétudes|ما الذي يقلقنا|مخاوفنا|bizi ne endişelendiriyor|nasze obawy|co nas martwi|czym się martwimy|про що ми хвилюємося|що нас непокоїть"),
    (Role::Goals, "Ziele|unsere Ziele|Ziele und Wünsche|nos buts|objectifs|souhaits et objectifs|أهداف|أهدافنا|hedefler|hedeflerimiz|cele|nasze cele|цілі|наші цілі|бажання та цілі"),
    (Role::Agreements, "Absprachen|unsere Absprachen|unsere Vereinbarungen|Abmachungen|nos accords|ce que nous avons convenu|اتفاقاتنا|kararlar|kararlarımız|anlaşmalarımız|nasze ustalenia|наші домовленості"),
    (Role::Signs, "wenn es mal nicht geht|wenn es nicht gut geht|wenn es schwierig wird|Warnzeichen|quand ça ne va pas bien|quand c’est difficile|عندما لا تسير الأمور|işler yolunda gitmeyince|zor zamanlarda|gdy jest trudno|kiedy jest źle|коли важко"),
    (Role::Green, "vert|verte|zielone|зелене"),
    (Role::Orange, "pomarańczowe|помаранчеве"),
    (Role::Red, "czerwone|червоне"),
    (Role::Reviews, "Rückblick|wann wir zurückschauen|wann blicken wir zurück|متى نراجع|موعد المراجعة|ne zaman bakıyoruz|kiedy wracamy do planu|коли переглядаємо план"),
    (Role::Log, "Logbuch|carnet de bord|يوميات|журнал"),
    (Role::ThisWay, "so geht’s|so kann es gehen|voici comment|هكذا|böyle yapılabilir|şöyle olabilir|można tak|можна так"),
    (Role::RatherNot, "besser nicht|à éviter|mieux vaut pas|يفضل ألا|من الأفضل ألا|böyle değil|краще не"),
    (Role::TryThis, "probier das|probier es mal|versuch mal|essayez|essaie ça|جرب هذا|dene|şunu dene|spróbuj tego|wypróbuj|спробуйте|спробуй так"),
];

/// Who speaks, by the name of the voice: also Dutch and English words that say nothing about
/// who may read.
#[rustfmt::skip]
const VOICES: &[Row<&str>] = &[
    ("young", "Jugendlicher|junger Mensch|Kind|ado|enfant|شاب|شابة|طفل|طفلة|çocuk|nastolatek|nastolatka|młody człowiek|dziecko|підліток|дитина|юнак|дівчина"),
    ("parent", "Eltern|mama|papa|mam|pap|pleegmoeder|pleegvader|stiefmoeder|stiefvader|mother|father|mum|mom|dad|Mutter|Vater|Elternteil|Pflegemutter|Pflegevater|mère|père|maman|أم|أب|الأم|الأب|والدة|والد|ماما|بابا|anne|baba|matka|ojciec|tata|мама|тато|мати|батько"),
    ("professional", "begeleider|begeleidster|hulpverleenster|jeugdwerker|Helferin|Helfer|Betreuerin|Betreuer|Beraterin|Berater|Sozialarbeiterin|Sozialarbeiter|professionnelle|éducatrice|éducateur|assistante sociale|مختصة|أخصائية|أخصائي|danışman|specjalistka|pracownik socjalny|opiekunka|opiekun|фахівчиня|соціальний працівник|соціальна працівниця"),
    ("experience", "Erfahrungsexpertin|Erfahrungsexperte|experte par expérience|خبيرة بالتجربة|ekspertka przez doświadczenie|експертка з досвіду"),
    ("network", "vriendin|buurman|buurvrouw|broer|zus|zusje|neighbour|neighbor|grandma|grandpa|grandmother|grandfather|aunt|uncle|brother|sister|Freundin|Freund|Nachbarin|Nachbar|Onkel|Bruder|Schwester|ami|amie|voisin|voisine|grand-mère|grand-père|oncle|famille|صديق|صديقة|جار|جارة|جد|جدة|عم|عمة|خال|خالة|أخ|أخت|arkadaş|komşu|nine|dede|teyze|hala|amca|dayı|abla|abi|babcia|dziadek|ciocia|wujek|sąsiad|sąsiadka|przyjaciel|przyjaciółka|бабуся|дідусь|тітка|дядько|сусід|сусідка|друг|подруга"),
];

/// How something stands.
#[rustfmt::skip]
const STATES: &[Row<Status>] = &[
    (Status::NotStarted, "noch nicht angefangen|pas commencé|à faire|لم يبدأ|başlamadı|nie zaczęte|не розпочато"),
    (Status::Running, "in Arbeit|am Laufen|ça marche|مستمر|devam ediyor|w toku"),
    (Status::Waiting, "ينتظر"),
    (Status::Done, "geschafft|erledigt|fertig|fait|terminé|تم|انتهى|yapıldı|bitti|tamam|zrobione|gotowe|зроблено|готово"),
    (Status::Changed, "geändert|modifié"),
    (Status::Stopped, "gestoppt|aufgehört|متوقف|bırakıldı|zatrzymane"),
    (Status::NotWorked, "nicht geschafft|hat nicht geklappt|raté"),
];

/// Labels of callouts.
#[rustfmt::skip]
const CALLOUTS: &[Row<Callout>] = &[
    (Callout::Attention, "wichtig|Vorsicht|انتباه|مهم|önemli|ważne|важливо"),
    (Callout::Try, "Tipp|Probier das|essayez|conseil|نصيحة|dene|öneri|rada|порада"),
    (Callout::Example, "Hinweis|zum Beispiel|par exemple|ملاحظة|not|na przykład|наприклад"),
];

/// Keys below a heading that say nothing about who may read.
#[rustfmt::skip]
const KEYS: &[Row<Key>] = &[
    (Key::Status, "hoe gaat het|gaat het|how is it going|statut|état|الحالة|حالة|durum|статус|стан"),
    (Key::Notice, "woran merken wir das|كيف نلاحظ"),
    (Key::Learned, "was wir gelernt haben|ce que nous avons appris|تعلمنا|öğrendik|nauczyliśmy się|навчилися"),
];

/// Names of fields we say ourselves; each is a key below a heading.
const FIELDS: [Key; 8] = [
    Key::Who,
    Key::What,
    Key::When,
    Key::Notice,
    Key::Status,
    Key::Learned,
    Key::LifeArea,
    Key::Also,
];

fn pairs<T: Copy + 'static>(
    rows: &'static [Row<T>],
) -> impl Iterator<Item = (T, &'static str)> {
    rows.iter().flat_map(|(what, words)| words.split('|').map(|word| (*what, word)))
}

/// Returns other headings for the roles of parts, as people type them.
pub(super) fn headings() -> impl Iterator<Item = (Role, &'static str)> {
    pairs(HEADINGS)
}

/// Returns other words for how something stands.
pub(super) fn states() -> impl Iterator<Item = (Status, &'static str)> {
    pairs(STATES)
}

/// Returns other labels of callouts.
pub(super) fn callouts() -> impl Iterator<Item = (Callout, &'static str)> {
    pairs(CALLOUTS)
}

/// Returns the other words for who speaks with a built-in voice, folded.
pub fn voices(name: &str) -> impl Iterator<Item = String> {
    pairs(VOICES).filter(move |(own, _)| *own == name).map(|(_, word)| fold(word))
}

/// Tells whether a word is one of those for who speaks.
pub fn is_voice(typed: &str) -> bool {
    static WORDS: OnceLock<BTreeSet<String>> = OnceLock::new();
    let words = WORDS.get_or_init(|| pairs(VOICES).map(|(_, word)| fold(word)).collect());
    words.contains(&fold(typed.trim()))
}

/// Reads the name of a field below a heading, or of a column, in the words of our languages.
pub fn key(typed: &str) -> Option<Key> {
    static WORDS: OnceLock<BTreeMap<String, Key>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let said = |lang: Lang| {
            FIELDS.map(|key| {
                let name = key.name().replace('_', "-");
                (field_name(lang.words().get(&format!("field.{name}"))), key)
            })
        };
        let other = pairs(KEYS).map(|(key, word)| (field_name(word), key));
        other.chain(lang::ours().flat_map(said)).collect()
    });
    words.get(&field_name(typed)).copied()
}

fn field_name(typed: &str) -> String {
    fold_key(typed.trim().trim_end_matches(['?', '؟', ':', ' ', '\u{a0}', '\u{202f}']))
}
