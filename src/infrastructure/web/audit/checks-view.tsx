import type { VNode } from 'preact';
import type { Verdict } from '../../../domain/audit/check';
import { auditChecks, type CheckResult } from '../../../domain/audit/judge';
import type { Locale } from '../../../domain/ticket/facts';
import { plusSeconds } from '../../../domain/time/civil-time';
import { Article } from '../parts/article';
import type { TicketView, Verdicts } from './ticket-view';
import { moment } from '../../phrasing/audit/step-text';
import { VerdictTag } from './verdict-tag';
import { sentences } from '../../phrasing/sentences';
import type { OtherEvent } from '../../../application/audit/audit-ticket';
import { stepPath } from './ticket-query';

type Range = { readonly from: number; readonly to: number };

/** `1, 3–9` instead of each: a longer run is told by its ends. */
const longestTold = 4;

/** Numbers in order, runs of neighbours together when they are many. */
const rangesOf = (numbers: readonly number[]): readonly Range[] => {
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
const EvidenceList = ({
  ids,
  shown,
  others,
  locale,
}: {
  readonly ids: readonly string[];
  readonly shown: TicketView;
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

/** The last moment in time is still in time: what comes of it shows right after. */
const aMillisecond = 0.001;

type View = Pick<CheckResult, 'id' | 'verdict' | 'article' | 'evidence' | 'text' | 'failsAt'>;
type Judged = Extract<Verdicts, { readonly kind: 'judged' }>;
type Parts = { readonly shown: TicketView; readonly judged: Judged; readonly locale: Locale };

const groups: readonly (readonly ['telling' | 'pass' | 'not-applicable', readonly Verdict[]])[] = [
  ['telling', ['fail', 'warn', 'pending', 'waived']],
  ['pass', ['pass']],
  ['not-applicable', ['not-applicable']],
];

const One = ({ check, shown, judged, locale }: Parts & { readonly check: View }): VNode => {
  const words = sentences[locale].audit.ticket;
  const now = judged.now?.checks.find(({ id }) => id === check.id);
  return (
    <li id={check.id}>
      <p class="check-name">
        <VerdictTag verdict={check.verdict} locale={locale} />{' '}
        <a href={`/audit/verificari#${check.id}`}>
          {check.id} · {auditChecks[check.id].name[locale]}
        </a>{' '}
        <small>
          <Article article={check.article} locale={locale} />
        </small>
      </p>
      <p>{check.text[locale]}</p>
      {check.failsAt !== undefined && check.verdict !== 'fail' ? (
        <p>
          {words.becomes}{' '}
          <a href={`/audit/${shown.ticketId}?la=${encodeURIComponent(plusSeconds(check.failsAt, aMillisecond))}`}>
            {moment(check.failsAt, locale)}
          </a>
          .
        </p>
      ) : null}
      {now === undefined || now.verdict === check.verdict ? null : (
        <p>
          {words.nowIs}: <VerdictTag verdict={now.verdict} locale={locale} /> {now.text[locale]}
        </p>
      )}
      <EvidenceList ids={check.evidence} shown={shown} others={judged.others} locale={locale} />
    </li>
  );
};

/** The checks as they stood at the moment that is looked at; what needs a look first. */
export const ChecksView = ({ shown, judged, locale }: Parts): VNode => {
  const words = sentences[locale].audit.ticket;
  return (
    <>
      {groups.map(([name, verdicts]) => {
        const checks = judged.audited.checks.filter(({ verdict }) => verdicts.includes(verdict));
        if (checks.length === 0) return null;
        const list = (
          <ol class="checks">
            {checks.map((check) => (
              <One check={check} shown={shown} judged={judged} locale={locale} />
            ))}
          </ol>
        );
        const title = `${words.groups[name]} (${checks.length})`;
        return name === 'not-applicable' ? (
          <details>
            <summary>{title}</summary>
            {list}
          </details>
        ) : (
          <>
            <h3>{title}</h3>
            {list}
          </>
        );
      })}
    </>
  );
};
