// What is typed is kept on the server as one types: the end of a session, another tab or the way back takes nothing away.
for (const form of document.querySelectorAll('form[data-keep]')) {
  const said = form.querySelector('[data-kept]');
  let waiting;
  const save = () => {
    clearTimeout(waiting);
    waiting = undefined;
    const body = new URLSearchParams(new FormData(form));
    body.set('ciorna', 'scrie');
    fetch(form.action, { method: 'POST', body, keepalive: true }).then(
      ({ ok }) => {
        if (ok) said.textContent = `${form.dataset.keep} ${new Date().toTimeString().slice(0, 5)}`;
      },
      () => {},
    );
  };
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 800);
  });
  form.addEventListener('submit', () => clearTimeout(waiting));
  // whoever leaves takes what was typed last along
  window.addEventListener('pagehide', () => {
    if (waiting !== undefined && form.dataset.sent === undefined) save();
  });
}
