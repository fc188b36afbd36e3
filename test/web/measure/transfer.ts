import type { Page } from 'playwright-core';

/** What came over the wire for the page that is shown now, as on a first visit: nothing is taken from a cache. */
export type Transfer = { readonly bytes: () => number };

export const watchTransfer = async (page: Page): Promise<Transfer> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  session.on('Network.requestWillBeSent', ({ type, redirectResponse }) => {
    // where a form was sent leads to a page; the page counts
    if (type === 'Document' || redirectResponse?.mimeType === 'text/html') bytes = 0;
  });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  return { bytes: () => bytes };
};
