import type { VNode } from 'preact';
import type { Instant } from '../../../domain/kernel/fact';
import type { Deadline } from '../../../domain/ticket/deadlines';
import { dueInWords } from '../../phrasing/words/dates';
import { usePage, useWords } from '../page/page-context';

const Moment = ({ name, at: moment, isOpen }: { readonly name: string; readonly at: Instant; readonly isOpen: boolean }): VNode => {
  const { at, locale } = usePage();
  const { passed } = useWords().office.deadlines;
  const isPassed = isOpen && at > moment;
  return (
    <time class={isPassed ? 'deadline deadline-passed' : 'deadline'} dateTime={moment}>
      {name}: {dueInWords(moment, locale)}
      {isPassed ? `, ${passed}` : ''}
    </time>
  );
};

/** By when something is to be done: the target, where the procedure sets one, and the limit, by these two names wherever they are shown. */
export const Deadlines = ({ targetAt, limitAt, isOpen = true }: Deadline & { readonly isOpen?: boolean }): VNode => {
  const { target, limit } = useWords().office.deadlines;
  return (
    <span class="deadlines">
      {targetAt === undefined ? null : (
        <>
          <Moment name={target} at={targetAt} isOpen={isOpen} />{' '}
        </>
      )}
      <Moment name={limit} at={limitAt} isOpen={isOpen} />
    </span>
  );
};
