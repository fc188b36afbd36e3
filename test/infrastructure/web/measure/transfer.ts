import type { Page } from 'playwright-core';

/** What came over the wire for the page that is shown now, as on a first visit: nothing is taken from a cache. */
export type Transfer = {
  readonly bytes: () => number;
  /** until everything that the page asked for has come */
  readonly settled: () => Promise<void>;
};

const patienceMilliseconds = 5000;

export const watchTransfer = async (page: Page): Promise<Transfer> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const { frameTree } = await session.send('Page.getFrameTree');
  let shown = '';
  let bytes = 0;
  /** what belongs to the page that is shown; an earlier page's pictures may still come in */
  let own = new Set<string>();
  const underWay = new Set<string>();
  /** news have come: what a page then asks for again is no part of a first visit, and how soon it comes is the machine's affair */
  let hasNews = false;
  let onQuiet = (): void => undefined;
  const ended = (requestId: string): void => {
    underWay.delete(requestId);
    if (underWay.size === 0) onQuiet();
  };
  session.on('Network.requestWillBeSent', ({ requestId, loaderId, type, frameId }) => {
    const within = frameId !== frameTree.frame.id;
    // where a form was sent leads to a page; the page counts
    if (type === 'Document' && !within) {
      shown = loaderId;
      bytes = 0;
      own = new Set();
      underWay.clear();
      hasNews = false;
    }
    if (loaderId !== shown && !within) return;
    if (type === 'Fetch' && hasNews) return;
    own.add(requestId);
    // live news have no end, and that of a page within the page may not be told
    if (type !== 'EventSource' && !within) underWay.add(requestId);
  });
  session.on('Network.eventSourceMessageReceived', ({ eventName }) => {
    hasNews ||= eventName === 'changed';
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (own.has(requestId)) bytes += encodedDataLength;
    ended(requestId);
  });
  session.on('Network.loadingFailed', ({ requestId }) => {
    ended(requestId);
  });
  return {
    bytes: () => bytes,
    settled: () =>
      new Promise((resolve) => {
        const patience = setTimeout(resolve, patienceMilliseconds);
        onQuiet = () => {
          clearTimeout(patience);
          resolve();
        };
        if (underWay.size === 0) onQuiet();
      }),
  };
};
