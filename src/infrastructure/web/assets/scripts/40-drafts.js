// What is typed is kept on the server as one types: the end of a session, another tab or the way back takes nothing away.
for (const form of document.querySelectorAll('form[data-keep]')) {
  const said = form.querySelector('[data-kept]');
  let waiting;
  const save = () => {
    window.clearTimeout(waiting);
    waiting = undefined;
    const body = new window.URLSearchParams(new window.FormData(form));
    body.set('ciorna', 'scrie');
    fetch(form.action, { method: 'POST', body, keepalive: true }).then(
      ({ ok, redirected, status }) => {
        if (status === 429 && form.dataset.full) said.textContent = form.dataset.full;
        if (!ok || (redirected && form.dataset.full)) return;
        if (waiting === undefined) delete form.dataset.unsaved;
        said.textContent = `${form.dataset.keep} ${new Date().toTimeString().slice(0, 5)}`;
      },
      () => {},
    );
  };
  form.addEventListener('input', () => {
    form.dataset.unsaved = '';
    window.clearTimeout(waiting);
    waiting = window.setTimeout(save, 800);
  });
  form.addEventListener('submit', () => window.clearTimeout(waiting));
  // whoever leaves takes what was typed last along
  window.addEventListener('pagehide', () => {
    if (waiting !== undefined && form.dataset.sent === undefined) save();
  });
}
