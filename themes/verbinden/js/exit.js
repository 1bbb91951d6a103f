/* Leave quickly. The link works without this; with it the page is emptied first, Shift
   three times within five seconds works too, and what happens is said aloud. It cannot
   wipe the history, and the page says so. */
(function () {
  'use strict';
  var first = document.querySelector('[data-exit]');
  var words = document.querySelector('[data-said]');
  if (!first) return;
  var presses = [];
  var alone = false;
  var title = document.title;
  var gone = document.createElement('div');
  var status = document.createElement('p');
  status.className = 'sr-only';
  status.setAttribute('role', 'status');
  document.body.appendChild(status);

  function say(key, left) {
    status.textContent = words ? words.getAttribute(key).replace('{n}', left) : '';
  }
  function leave() {
    gone.className = 'gone';
    gone.appendChild(status);
    document.body.appendChild(gone);
    document.documentElement.classList.add('leaving');
    document.title = '…';
    say('data-said');
    location.replace(first.href);
  }
  function reset() {
    presses = [];
    status.textContent = '';
    document.documentElement.classList.remove('leaving');
    document.title = title;
    document.body.appendChild(status);
    gone.remove();
  }

  document.addEventListener('click', function (event) {
    if (!event.target.closest('[data-exit]')) return;
    event.preventDefault();
    leave();
  });
  // Shift alone counts, not Shift with a letter.
  document.addEventListener('keydown', function (event) {
    alone = event.key === 'Shift' && !event.repeat;
    if (event.key !== 'Shift') presses = [];
  });
  document.addEventListener('keyup', function (event) {
    if (event.key !== 'Shift' || !alone) return;
    var now = Date.now();
    presses = presses.filter(function (time) { return now - time < 5000; });
    presses.push(now);
    if (presses.length === 3) return leave();
    say('data-count', 3 - presses.length);
  });
  // Who comes back sees the page again, not an empty one.
  window.addEventListener('pageshow', function (event) { if (event.persisted) reset(); });
})();
