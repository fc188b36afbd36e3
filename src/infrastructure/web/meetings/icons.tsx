import type { VNode } from 'preact';
import { hourWithSeconds } from '../../phrasing/words/dates';
import { usePage, useWords } from '../page/page-context';

/** One path an icon, drawn in a square of 24. */
const paths = {
  video: 'M3 7h11v10H3zM14 11l6-4v10l-6-4',
  phone: 'M6 3l3 1 1 5-2 2a12 12 0 0 0 5 5l2-2 5 1 1 3c0 2-2 3-4 3A17 17 0 0 1 3 7c0-2 1-4 3-4z',
  place: 'M12 21s7-6 7-11a7 7 0 0 0-14 0c0 5 7 11 7 11zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  scheduled: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2',
  rescheduled: 'M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5',
  'in-progress': 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM10 8l6 4-6 4z',
  held: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12l3 3 5-6',
  issued: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  sent: 'M3 6h18v12H3zM3 7l9 7 9-7',
  bounced: 'M9 7L4 12l5 5M4 12h12a4 4 0 0 0 4-4V6',
  'citizen-absent': 'M10 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM3 21c0-4 3-6 7-6M16 15l5 5M21 15l-5 5',
  'staff-absent': 'M12 3L2 20h20zM12 9v5M12 17v.5',
  cancelled: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 9l6 6M15 9l-6 6',
  'awaiting-code': 'M6 3h12M6 21h12M7 3c0 5 5 6 5 9s-5 4-5 9M17 3c0 5-5 6-5 9s5 4 5 9',
  closed: 'M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3',
  unlinked: 'M9 15l6-6M8 11l-2 2a3.5 3.5 0 0 0 5 5l2-2M16 13l2-2a3.5 3.5 0 0 0-5-5l-2 2M4 4l16 16',
  next: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
} as const;
export type IconName = keyof typeof paths;

const isIcon = (name: string): name is IconName => Object.hasOwn(paths, name);

/** The drawings that a page uses, once; `Icon` points to them. */
export const IconSheet = ({ names = Object.keys(paths) }: { readonly names?: readonly string[] }): VNode => (
  <svg class="unseen" aria-hidden="true">
    {names.filter(isIcon).map((name) => (
      <symbol id={`i-${name}`} viewBox="0 0 24 24">
        <path d={paths[name]} />
      </symbol>
    ))}
  </svg>
);

/** Never alone: what it means stands beside it in words. */
export const Icon = ({ name }: { readonly name: IconName }): VNode => (
  <svg class="icon" width="18" height="18" aria-hidden="true" focusable="false">
    <use href={`#i-${name}`} />
  </svg>
);

/** Where the page hears that something changed; `since` is where its table stood before it was read. */
export const livePath = (since: string): string => `/programari/live?de=${since}`;

/** Says what the script does, politely; without it there is the link. The time makes each change a new sentence to read out. */
export const LiveFoot = ({ here }: { readonly here: string }): VNode => {
  const words = useWords().meetings.list;
  return (
    <p class="live-foot">
      <span
        role="status"
        data-live-said
        data-live-on={words.live}
        data-live-changed={`${words.changed} ${hourWithSeconds(usePage().at)}.`}
        data-live-off={words.liveEnded}
      />{' '}
      <a href={here}>{words.reload}</a>
    </p>
  );
};
