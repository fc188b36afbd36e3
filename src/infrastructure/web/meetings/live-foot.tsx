import type { VNode } from 'preact';
import type { PageContext } from '../page/page-context';
import { hourWithSeconds } from '../../phrasing/words/dates';
import { sentences } from '../../phrasing/sentences';

/** Where the page hears that something changed; `since` is where its table stood before it was read. */
export const livePath = (since: string): string => `/programari/live?de=${since}`;

/** Says what the script does, politely; without it there is the link. The time makes each change a new sentence to read out. */
export const LiveFoot = ({ context: { locale, at }, here }: { readonly context: PageContext; readonly here: string }): VNode => {
  const words = sentences[locale].meetings.list;
  return (
    <p class="live-foot">
      <span
        role="status"
        data-live-said
        data-live-on={words.live}
        data-live-changed={`${words.changed} ${hourWithSeconds(at)}.`}
        data-live-off={words.liveEnded}
      />{' '}
      <a href={here}>{words.reload}</a>
    </p>
  );
};
