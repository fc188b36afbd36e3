'use strict';
// The calendar and the card of a meeting fetch themselves again when something changes. Without this file there is the link "Reîncarcă".
{
  const live = document.querySelector('[data-live]');
  const said = document.querySelector('[data-live-said]');
  // the hidden field of a form is another one each time, and no change
  const shownBy = (part) => part.innerHTML.replace(/name="once" value="[^"]*"/g, '');

  const swap = (page) => {
    let changed = false;
    const focused = document.activeElement?.id;
    const { scrollX, scrollY } = window;
    for (const part of document.querySelectorAll('[data-live-part]')) {
      const fresh = page.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
      if (fresh === null || shownBy(fresh) === shownBy(part)) continue;
      part.replaceChildren(...fresh.childNodes);
      changed = true;
    }
    if (!changed) return;
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    window.scrollTo(scrollX, scrollY);
    said.textContent = page.querySelector('[data-live-said]')?.dataset.liveChanged ?? '';
  };

  let fetching = false;
  let again = false;
  const refresh = async () => {
    again = true;
    if (fetching) return;
    fetching = true;
    while (again) {
      again = false;
      try {
        const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
        if (answer.ok && !answer.redirected) swap(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      } catch {
        // the next change, or the next connection, asks again
      }
    }
    fetching = false;
  };

  if (live && said && 'EventSource' in window) {
    const source = new EventSource(live.dataset.live);
    source.addEventListener('changed', refresh);
    source.addEventListener('open', () => {
      said.textContent = said.dataset.liveOn;
    });
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) said.textContent = said.dataset.liveOff;
    });
  }
}
