/* Leave quickly: the link works without this; with it the page is emptied first, and
   pressing Shift three times within five seconds works too. */
(function () {
  'use strict';
  var links = document.querySelectorAll('[data-exit]');
  if (!links.length) return;
  var times = [];
  var alone = false;
  function leave() {
    document.body.hidden = true;
    document.title = '';
    location.replace(links[0].href);
  }
  links.forEach(function (link) {
    link.addEventListener('click', function (event) {
      event.preventDefault();
      leave();
    });
  });
  document.addEventListener('keydown', function (event) {
    alone = event.key === 'Shift' && !event.repeat;
    if (event.key !== 'Shift') times = [];
  });
  document.addEventListener('keyup', function (event) {
    if (event.key !== 'Shift' || !alone) return;
    var now = Date.now();
    times = times.filter(function (time) { return now - time < 5000; });
    times.push(now);
    if (times.length === 3) leave();
  });
  window.addEventListener('pageshow', function () {
    document.body.hidden = false;
    times = [];
  });
})();
