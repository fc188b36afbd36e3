// The blue ticket beside the hours shows the one that is chosen, before it is sent.
const when = document.querySelector('[data-when]');
if (when !== null) {
  document.addEventListener('change', ({ target }) => {
    if (target.dataset.shows !== undefined) when.textContent = target.dataset.shows;
  });
}
