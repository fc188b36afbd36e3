'use strict';
// Everything works without this file. It only spares people a click, a wait or a reload.

// The summary of what is wrong takes the focus, so that it is read out at once.
document.querySelector('[data-focus]')?.focus();

// The second click of a double click sends nothing; the server would answer it as the first.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.sent !== undefined && form.method === 'post') {
    event.preventDefault();
    return;
  }
  form.dataset.sent = '';
  for (const button of form.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true');
});
// A page that comes back from the browser's memory may be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('button')) button.removeAttribute('aria-disabled');
  }
});
