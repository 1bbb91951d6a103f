/* Small help on a page; it is whole without this. The print button shows itself, and a
   table of agreements says what it is, so that styles may lay it out as cards on a
   telephone while it stays a table for who hears it. In the preview a page changes while
   it stands: then it is done again. */
(function () {
  'use strict';
  var roles = { TABLE: 'table', THEAD: 'rowgroup', TBODY: 'rowgroup', TR: 'row', TD: 'cell', CAPTION: 'caption' };
  function tables() {
    document.querySelectorAll('.agreements').forEach(function (table) {
      table.querySelectorAll('*').forEach(function (part) {
        var role = part.tagName === 'TH' ? (part.scope === 'row' ? 'rowheader' : 'columnheader') : roles[part.tagName];
        if (role) part.setAttribute('role', role);
      });
      table.setAttribute('role', 'table');
    });
  }
  function ready() {
    tables();
    document.querySelectorAll('[data-print]').forEach(function (button) { button.hidden = false; });
  }
  document.addEventListener('click', function (event) {
    if (event.target.closest('[data-print]')) window.print();
  });
  document.addEventListener('boekje:changed', ready);
  ready();
})();
