import type { VNode } from 'preact';
import type { OtherEvent } from '../../../application/audit/audit-ticket';
import type { Locale } from '../../../domain/ticket/facts';
import { stepPath } from './ticket-asked';
import type { TicketShown } from './ticket-shown';
import { moment } from '../../phrasing/audit/told';
import { sentences } from '../../phrasing/sentences';

type Range = { readonly from: number; readonly to: number };

/** `1, 3–9` instead of each: a longer run is told by its ends. */
const longestTold = 4;

/** Numbers in order, runs of neighbours together when they are many. */
export const rangesOf = (numbers: readonly number[]): readonly Range[] => {
  const runs: Range[] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && number === last.to + 1) runs[runs.length - 1] = { from: last.from, to: number };
    else runs.push({ from: number, to: number });
  }
  return runs.flatMap(({ from, to }) =>
    to - from + 1 > longestTold
      ? [{ from, to }]
      : Array.from({ length: to - from + 1 }, (_, index) => ({ from: from + index, to: from + index })),
  );
};

const Other = ({ id, event, locale }: { readonly id: string; readonly event: OtherEvent | undefined; readonly locale: Locale }): VNode => {
  const words = sentences[locale].audit.ticket;
  if (event === undefined)
    return (
      <>
        {words.unknownEvent} <code>{id}</code>
      </>
    );
  if (event.of === 'ticket') return <a href={`/audit/${event.ticketId}?eveniment=${id}#pas`}>{words.otherTicket}</a>;
  return (
    <>
      {words.streams[event.of]}: <code>{event.type}</code>, {moment(event.recordedAt, locale)}
    </>
  );
};

/** The events that prove a verdict: each a way to its step, or the name of what it says in another stream. */
export const EvidenceList = ({
  ids,
  shown,
  others,
  locale,
}: {
  readonly ids: readonly string[];
  readonly shown: TicketShown;
  readonly others: ReadonlyMap<string, OtherEvent>;
  readonly locale: Locale;
}): VNode | null => {
  if (ids.length === 0) return null;
  const words = sentences[locale].audit.ticket;
  const numberOf = new Map(shown.steps.map(({ eventId }, index) => [eventId, index + 1]));
  const own = ids.flatMap((id) => numberOf.get(id) ?? []);
  const link = (number: number, text: string): VNode => <a href={stepPath(shown.ticketId, shown.asked, number)}>{text}</a>;
  return (
    <p class="evidence">
      {words.evidence}{' '}
      {rangesOf(own).map(({ from, to }, index) => (
        <>
          {index === 0 ? null : ', '}
          {link(from, `${words.step} ${from}`)}
          {from === to ? null : <>–{link(to, String(to))}</>}
        </>
      ))}
      {ids
        .filter((id) => !numberOf.has(id))
        .map((id, index) => (
          <>
            {index === 0 && own.length === 0 ? null : '; '}
            <Other id={id} event={others.get(id)} locale={locale} />
          </>
        ))}
    </p>
  );
};
