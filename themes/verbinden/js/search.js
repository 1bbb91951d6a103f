/* Search: reads the index (zoek/*.js) when somebody types. Works from a folder and below a
   strict policy for scripts; nothing of the texts becomes markup.

   On the page, all of it there without script too:
   - form#zoek with input#zoek_veld: without script it leads to the register;
   - #zoek_uit with data-top (the way to the top of the site) and the sentences
     data-one, data-many ({n}), data-none ({words}), data-busy, data-empty, data-more,
     data-all;
   - in it #zoek_telling (role=status), #zoek_keuze (hidden, with select#zoek_soort and
     select#zoek_thema) and ol#zoek_lijst;
   - behind this script the heads of the indexes, zoek/nl.js and so on, all with defer. */
(function () {
  'use strict';
  var form = document.getElementById('zoek');
  var field = document.getElementById('zoek_veld');
  var out = document.getElementById('zoek_uit');
  var count = document.getElementById('zoek_telling');
  var list = document.getElementById('zoek_lijst');
  var choice = document.getElementById('zoek_keuze');
  var selects = choice ? choice.querySelectorAll('select') : [];
  var heads = {};
  var data = {};
  var waiting = {};
  var turn = 0;
  var step = 10;
  var kinds = {};
  var themes = {};
  var found = [];
  var asked = [];

  // Every file of the index calls this.
  window.boekjeZoek = function (name, value) {
    if (name.indexOf('-') < 0) heads[name] = value;
    else data[name] = /-w\d+$/.test(name) ? read(value) : value;
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
      var one = { texts: {}, everywhere: false };
      collect(one, exact, 1);
      if (half) collect(one, begins(word).slice(0, 60), 0.6);
      // Another form than any in the texts: a little less of the word.
      for (var cut = word.length - 1; !exact.length && !Object.keys(one.texts).length && cut > 3 && cut > word.length - 4; cut--) {
        collect(one, begins(word.slice(0, cut)).slice(0, 20), 0.4);
      }
      return one;
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
    found = [];
    asked = words;
    if (!words.length) return offer(mine, out.dataset.empty);
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
      found = hits;
      return Promise.all(Object.keys(heads).map(facets)).then(function () {
        offer(mine, out.dataset.none.split('{words}').join(typed));
      });
    });
  }

  // The kind and the themes of every text of a language.
  function facets(lang) {
    return load(lang + '-f').then(function (file) {
      if (kinds[lang] || !file.length) return;
      kinds[lang] = Array.from(file[1]).map(function (at) { return file[0][parseInt(at, 36)]; });
      themes[lang] = [];
      file[2].forEach(function (theme) {
        var text = -1;
        theme[1].replace(/A([0-9a-z]*)/g, function (all, distance) {
          text += distance ? parseInt(distance, 36) : 1;
          (themes[lang][text] = themes[lang][text] || []).push(theme[0]);
        });
      });
    });
  }
  function ofHit(hit, which) {
    var all = which ? themes : kinds;
    var own = (all[hit.lang] || [])[hit.text] || [];
    return which ? own.map(function (name) { return [name, name]; }) : own.length ? [own] : [];
  }

  // Offers the kinds and themes of what was found, and shows what is chosen.
  function offer(mine, none) {
    if (mine !== turn) return;
    selects.forEach(function (select, which) {
      var sums = {};
      var names = {};
      found.forEach(function (hit) {
        ofHit(hit, which).forEach(function (one) {
          sums[one[0]] = (sums[one[0]] || 0) + 1;
          names[one[0]] = names[one[0]] || one[1];
        });
      });
      var chosen = select.value;
      select.textContent = '';
      select.appendChild(make('option', '', out.dataset.all)).value = '';
      Object.keys(sums).sort().forEach(function (key) {
        select.appendChild(make('option', '', names[key] + ' (' + sums[key] + ')')).value = key;
      });
      select.value = sums[chosen] ? chosen : '';
      select.parentNode.hidden = Object.keys(sums).length < 2;
    });
    if (choice) choice.hidden = found.length < 2;
    narrow(mine, none);
  }

  function narrow(mine, none) {
    var hits = found.filter(function (hit) {
      return Array.from(selects).every(function (select, which) {
        return !select.value || ofHit(hit, which).some(function (one) { return one[0] === select.value; });
      });
    });
    show(mine, hits, hits.length === 1 ? out.dataset.one
      : hits.length ? out.dataset.many.split('{n}').join(hits.length) : none, 0);
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
      var items = rows.map(function (row, at) { return row && item(row, some[at]); }).filter(Boolean);
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
  function item(row, hit) {
    var one = make('li', 'card card-' + row[7]);
    one.lang = row[5];
    one.dir = row[6];
    var title = make('h2', 'card-title');
    var link = mark(make('a'), row[0]);
    link.href = out.dataset.top + row[1];
    title.appendChild(link);
    one.appendChild(title);
    one.appendChild(make('p', 'card-by', row[2] + (row[3] ? ' · ' + row[3] : '')));
    var about = one.appendChild(mark(make('p'), row[4] || ''));
    if (heads[hit.lang].t) {
      load(hit.lang + '-t' + hit.text).then(function (text) { if (text.length) passage(about, text); });
    }
    return one;
  }

  // Cuts text into words and what is between them; tells which words were asked for.
  function pieces(text, cut) {
    var starts = asked.map(function (word) { return cut && word.length > 5 ? word.slice(0, Math.max(4, word.length - 3)) : word; });
    return text.split(/([\p{L}\p{M}\p{N}'’]+)/u).map(function (piece, at) {
      var word = at % 2 ? split(piece)[0] || '' : '';
      return { text: piece, hit: word && starts.some(function (start) { return word.indexOf(start) === 0; }) };
    });
  }
  function write(into, list) {
    into.textContent = '';
    list.forEach(function (piece) {
      into.appendChild(piece.hit ? make('mark', '', piece.text) : document.createTextNode(piece.text));
    });
    // One piece between the marks: who hears the page goes by pieces.
    into.normalize();
    return into;
  }
  function mark(into, text) {
    return write(into, pieces(text));
  }
  // The words around the first place that was asked for; else what is there stays.
  function passage(into, text) {
    var is = function (piece) { return piece.hit; };
    var list = pieces(text);
    if (!list.some(is)) list = pieces(text, true);
    var at = list.findIndex(is);
    if (at < 0) return;
    var from = Math.max(0, at - 24);
    var to = Math.min(list.length, at + 50);
    var some = list.slice(from, to);
    if (from) some.unshift({ text: '… ' });
    if (to < list.length) some.push({ text: ' …' });
    write(into, some);
  }

  var pause;
  field.addEventListener('input', function () {
    clearTimeout(pause);
    pause = setTimeout(run, 150);
  });
  selects.forEach(function (select) {
    select.addEventListener('change', function () { narrow(++turn, ''); });
  });
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    clearTimeout(pause);
    run();
  });
  // In the preview texts change while the page stands: the index is read anew.
  document.addEventListener('boekje:changed', function () {
    var langs = Object.keys(heads);
    data = {}; waiting = {}; kinds = {}; themes = {};
    Promise.all(langs.map(load)).then(function () { if (field.value) run(); });
  });
  // Words that came along in the address; the heads are there when all is loaded.
  window.addEventListener('load', function () {
    var q = new URLSearchParams(location.search).get('q');
    if (q) field.value = q;
    if (field.value) run();
  });
})();
