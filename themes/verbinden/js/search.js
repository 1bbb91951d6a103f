/* Search: reads the index (zoek/*.js) when somebody types. Works from a folder and below a
   strict policy for scripts; nothing of the texts becomes markup.

   On the page, all of it there without script too:
   - form#zoek with input#zoek_veld: without script it leads to the register;
   - #zoek_uit with data-top (the way to the top of the site) and the sentences
     data-one, data-many ({n}), data-none ({words}), data-busy, data-empty, data-more;
   - in it #zoek_telling (role=status) and ol#zoek_lijst;
   - behind this script the heads of the indexes, zoek/nl.js and so on, all with defer. */
(function () {
  'use strict';
  var form = document.getElementById('zoek');
  var field = document.getElementById('zoek_veld');
  var out = document.getElementById('zoek_uit');
  var count = document.getElementById('zoek_telling');
  var list = document.getElementById('zoek_lijst');
  var heads = {};
  var data = {};
  var waiting = {};
  var turn = 0;
  var step = 10;

  // Every file of the index calls this.
  window.boekjeZoek = function (name, value) {
    if (name.indexOf('-') < 0) heads[name] = value;
    else data[name] = typeof value === 'string' ? read(value) : value;
  };
  if (!form || !field || !out || !count || !list) return;

  function load(name) {
    if (!waiting[name]) {
      waiting[name] = new Promise(function (done) {
        var script = document.createElement('script');
        script.src = out.dataset.top + 'zoek/' + name + '.js';
        script.onload = script.onerror = function () { done(data[name] || []); };
        document.head.appendChild(script);
      });
    }
    return waiting[name];
  }

  // A shard of words: [[word, postings], …].
  function read(text) {
    var words = [];
    var known = [];
    var last = [];
    text.split(' ').forEach(function (entry) {
      var parts = /^(.)([^=.]*)([=.])(.*)$/.exec(entry);
      if (!parts) return;
      last = last.slice(0, parseInt(parts[1], 36)).concat(Array.from(parts[2]));
      if (parts[3] === '=') known.push(parts[4]);
      words.push([last.join(''), parts[3] === '=' ? parts[4] : known[parseInt(parts[4], 36)]]);
    });
    return words;
  }

  // The same words as the index: no accents, no case, no apostrophes.
  function split(text) {
    return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
      .replace(/['’‘ʼ´`]/g, '').replace(/ß/g, 's').replace(/ø/g, 'o').replace(/ł/g, 'l')
      .replace(/đ/g, 'd').replace(/ı/g, 'i').replace(/ς/g, 'σ')
      .replace(/[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/g, ' $& ')
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
      .map(function (word) { return Array.from(word).slice(0, 32).join(''); });
  }

  // The shards that may hold words that begin so; a few are enough.
  function shards(head, start) {
    var at = 0;
    while (at + 1 < head.w.length && head.w[at + 1] <= start) at++;
    var names = [at];
    while (names.length < 2 && at + 1 < head.w.length && head.w[at + 1].indexOf(start) === 0) names.push(++at);
    return names;
  }

  // Adds the texts of some words to found: text → score.
  function collect(found, words, factor) {
    words.forEach(function (pair) {
      var postings = pair[1];
      var text = -1;
      if (postings[0] === '*') found.everywhere = true;
      postings.replace(/([A-Z])([0-9a-z]*)/g, function (all, level, distance) {
        text += distance ? parseInt(distance, 36) : 1;
        var score = Math.pow(level.charCodeAt(0) - 64, 2) * factor;
        found.texts[text] = Math.max(found.texts[text] || 0, score);
      });
    });
  }

  // One typed word in one language; the last one may still be half a word.
  function find(lang, word, last) {
    var head = heads[lang];
    var half = last && word.length > 1;
    return Promise.all(shards(head, word).slice(0, half ? 2 : 1).map(function (at) {
      return load(lang + '-w' + at);
    })).then(function (parts) {
      var words = [].concat.apply([], parts);
      var begins = function (start) {
        return words.filter(function (pair) { return pair[0].indexOf(start) === 0; });
      };
      var exact = words.filter(function (pair) { return pair[0] === word; });
      var found = { texts: {}, everywhere: false };
      collect(found, exact, 1);
      if (half) collect(found, begins(word).slice(0, 60), 0.6);
      // Another form than any in the texts: a little less of the word.
      for (var cut = word.length - 1; !exact.length && !Object.keys(found.texts).length && cut > 3 && cut > word.length - 4; cut--) {
        collect(found, begins(word.slice(0, cut)).slice(0, 20), 0.4);
      }
      return found;
    });
  }

  // All texts of one language: with all words, else with any.
  function search(lang, words) {
    return Promise.all(words.map(function (word, at) {
      return find(lang, word, at === words.length - 1);
    })).then(function (founds) {
      var total = {};
      var hits = {};
      var needed = founds.filter(function (found) { return !found.everywhere; }).length;
      founds.forEach(function (found) {
        Object.keys(found.texts).forEach(function (text) {
          total[text] = (total[text] || 0) + found.texts[text];
          hits[text] = (hits[text] || 0) + (found.everywhere ? 0 : 1);
        });
      });
      return Object.keys(total).map(function (text) {
        return { lang: lang, text: +text, score: total[text], all: hits[text] >= needed };
      });
    });
  }

  function run() {
    var mine = ++turn;
    var typed = field.value.trim();
    var words = split(typed).slice(0, 8);
    if (!words.length) return show(mine, [], out.dataset.empty, 0);
    count.textContent = out.dataset.busy;
    Promise.all(Object.keys(heads).map(function (lang) {
      return search(lang, words);
    })).then(function (lists) {
      var all = [].concat.apply([], lists);
      var both = all.filter(function (hit) { return hit.all; });
      var hits = both.length ? both : all;
      var own = (form.dataset.lang || '').split('-')[0];
      hits.sort(function (a, b) {
        return b.score * (b.lang === own ? 2 : 1) - a.score * (a.lang === own ? 2 : 1)
          || (a.lang < b.lang ? -1 : a.lang > b.lang ? 1 : a.text - b.text);
      });
      var said = hits.length === 1 ? out.dataset.one
        : hits.length ? out.dataset.many.split('{n}').join(hits.length)
          : out.dataset.none.split('{words}').join(typed);
      show(mine, hits, said, 0);
    });
  }

  // Shows the next few; what they say is loaded for those alone.
  function show(mine, hits, said, from) {
    var some = hits.slice(from, from + step);
    Promise.all(some.map(function (hit) {
      var per = heads[hit.lang].per;
      return load(hit.lang + '-d' + Math.floor(hit.text / per)).then(function (rows) {
        return rows[hit.text % per];
      });
    })).then(function (rows) {
      if (mine !== turn) return;
      if (!from) list.textContent = '';
      var items = rows.filter(Boolean).map(item);
      items.forEach(function (one) { list.appendChild(one); });
      if (count.textContent !== said) count.textContent = said || '';
      var old = document.getElementById('zoek_meer');
      if (old) old.remove();
      if (from && items[0]) items[0].querySelector('a').focus();
      if (hits.length > from + step) {
        var more = make('button', '', out.dataset.more);
        more.type = 'button';
        more.id = 'zoek_meer';
        more.onclick = function () { show(mine, hits, said, from + step); };
        out.appendChild(more);
      }
    });
  }

  function make(name, style, text) {
    var made = document.createElement(name);
    if (style) made.className = style;
    if (text) made.textContent = text;
    return made;
  }

  // A row: title, address, kind, themes, summary, language, direction, name of the kind.
  function item(row) {
    var one = make('li', 'card card-' + row[7]);
    one.lang = row[5];
    one.dir = row[6];
    var title = make('h2', 'card-title');
    var link = make('a', '', row[0]);
    link.href = out.dataset.top + row[1];
    title.appendChild(link);
    one.appendChild(title);
    one.appendChild(make('p', 'card-by', row[2] + (row[3] ? ' · ' + row[3] : '')));
    if (row[4]) one.appendChild(make('p', '', row[4]));
    return one;
  }

  var pause;
  field.addEventListener('input', function () {
    clearTimeout(pause);
    pause = setTimeout(run, 150);
  });
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    clearTimeout(pause);
    run();
  });
  // Words that came along in the address; the heads are there when all is loaded.
  window.addEventListener('load', function () {
    var asked = new URLSearchParams(location.search).get('q');
    if (asked) field.value = asked;
    if (field.value) run();
  });
})();
