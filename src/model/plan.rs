//! What a part of a text is about, and how a goal or agreement stands.

use serde::{Deserialize, Serialize};

/// What the heading of a part says it is about. Parts without a known heading stay free.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
pub enum Role {
    /// A part of the writer's own making.
    #[default]
    Free,
    /// Wie doen mee.
    People,
    /// Onze vraag, waar draait het om.
    Question,
    /// Drie vragen.
    Questions,
    /// Wat vind jij belangrijk?
    Important,
    /// Wat heb jij nodig?
    Needs,
    /// Wat zie jij zelf als oplossing?
    Solution,
    /// Wat gaat goed.
    Strengths,
    /// Waar maken we ons zorgen over.
    Worries,
    /// Leefgebieden.
    LifeAreas,
    /// Wensen en doelen.
    Goals,
    /// One goal: a heading inside wensen en doelen.
    Goal,
    /// Afspraken.
    Agreements,
    /// Voor school, voor werk.
    ForPlace,
    /// Als het even niet gaat.
    Signs,
    /// Groen.
    Green,
    /// Oranje.
    Orange,
    /// Rood.
    Red,
    /// Wanneer kijken we terug.
    Reviews,
    /// Logboek.
    Log,
    /// Wat anders liep en wat we leerden: made from goals that changed or stopped.
    Different,
    /// In a tip: zo kan het.
    ThisWay,
    /// In a tip: liever niet.
    RatherNot,
    /// In a tip: probeer eens.
    TryThis,
    /// In words: a term.
    Term,
}

impl Role {
    /// Returns the name templates know it by.
    pub fn name(self) -> &'static str {
        match self {
            Role::Free => "free",
            Role::People => "people",
            Role::Question => "question",
            Role::Questions => "questions",
            Role::Important => "important",
            Role::Needs => "needs",
            Role::Solution => "solution",
            Role::Strengths => "strengths",
            Role::Worries => "worries",
            Role::LifeAreas => "life-areas",
            Role::Goals => "goals",
            Role::Goal => "goal",
            Role::Agreements => "agreements",
            Role::ForPlace => "for-place",
            Role::Signs => "signs",
            Role::Green => "green",
            Role::Orange => "orange",
            Role::Red => "red",
            Role::Reviews => "reviews",
            Role::Log => "log",
            Role::Different => "different",
            Role::ThisWay => "this-way",
            Role::RatherNot => "rather-not",
            Role::TryThis => "try-this",
            Role::Term => "term",
        }
    }
}

/// How a goal or agreement stands. No order, no percentages: failing is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// Nog niet begonnen.
    NotStarted,
    /// Loopt.
    Running,
    /// Wacht.
    Waiting,
    /// Gelukt.
    Done,
    /// Veranderd.
    Changed,
    /// Gestopt.
    Stopped,
    /// Niet gelukt.
    NotWorked,
}

impl Status {
    /// All of them, in the order people use them.
    pub const ALL: [Status; 7] = [
        Status::NotStarted,
        Status::Running,
        Status::Waiting,
        Status::Done,
        Status::Changed,
        Status::Stopped,
        Status::NotWorked,
    ];

    /// Returns the name templates and word tables (`status.<name>`) know it by.
    pub fn name(self) -> &'static str {
        match self {
            Status::NotStarted => "not-started",
            Status::Running => "running",
            Status::Waiting => "waiting",
            Status::Done => "done",
            Status::Changed => "changed",
            Status::Stopped => "stopped",
            Status::NotWorked => "not-worked",
        }
    }

    /// Tells whether it went otherwise than planned: such goals and agreements move to
    /// "what went differently and what we learned", and never disappear.
    pub fn went_differently(self) -> bool {
        matches!(self, Status::Changed | Status::Stopped | Status::NotWorked)
    }
}
