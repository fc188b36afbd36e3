import type { VNode } from 'preact';
import type { Instant } from '../../../domain/kernel/fact';
import type { Deadline } from '../../../domain/ticket/deadlines';
import { dueInWords } from '../../phrasing/words/dates';
import { usePage, useWords } from '../page/page-context';

type Looked = { readonly isOpen?: boolean; readonly lookedAt?: Instant | undefined };

const Moment = ({ name, at, isOpen = true, lookedAt }: Looked & { readonly name: string; readonly at: Instant }): VNode => {
  const { at: now, locale } = usePage();
  const { passed } = useWords().office.deadlines;
  const isPassed = isOpen && (lookedAt ?? now) > at;
  return (
    <time class={isPassed ? 'deadline deadline-passed' : 'deadline'} dateTime={at}>
      {name}: {dueInWords(at, locale)}
      {isPassed ? `, ${passed}` : ''}
    </time>
  );
};

/**
 * By when something is to be done: the target, where the procedure sets one, and the limit, by these two names wherever they are shown.
 * @param looked `lookedAt`: the moment at which they have passed or not, where it is not that of the page
 */
export const Deadlines = ({ targetAt, limitAt, ...looked }: Deadline & Looked): VNode => {
  const { target, limit } = useWords().office.deadlines;
  return (
    <span class="deadlines">
      {targetAt === undefined ? null : (
        <>
          <Moment name={target} at={targetAt} {...looked} />{' '}
        </>
      )}
      <Moment name={limit} at={limitAt} {...looked} />
    </span>
  );
};
