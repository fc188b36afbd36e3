import type { Page } from 'playwright-core';

/** What came over the wire for the page that is shown now, as on a first visit: nothing is taken from a cache. */
export type Transfer = { readonly bytes: () => number };

export const watchTransfer = async (page: Page): Promise<Transfer> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  let shown = '';
  let bytes = 0;
  /** what belongs to the page that is shown; an earlier page's pictures may still come in */
  let own = new Set<string>();
  session.on('Network.requestWillBeSent', ({ requestId, loaderId, type }) => {
    // where a form was sent leads to a page; the page counts
    if (type === 'Document') {
      shown = loaderId;
      bytes = 0;
      own = new Set();
    }
    if (loaderId === shown) own.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (own.has(requestId)) bytes += encodedDataLength;
  });
  return { bytes: () => bytes };
};
