import { usePage, useWords } from '../page/page-context';
import type { VNode } from 'preact';
import type { OtherEvent } from '../../../application/audit/audit-ticket';
import { auditChecks, type CheckResult } from '../../../domain/audit/judge';
import { plusSeconds } from '../../../domain/time/civil-time';
import { factRows, type StateRow, stateRows } from '../../phrasing/audit/state-rows';
import { observersInWords } from '../../phrasing/audit/verdict-text';
import { actorInWords, dueMoment, moment, stepInWords } from '../../phrasing/audit/step-text';
import { sentences } from '../../phrasing/sentences';
import { Article } from '../parts/article';
import { SummaryList } from '../parts/summary-list';
import { type Chain, type ChosenStep, stepPath, type TicketView, type Verdicts } from './ticket-view';
import { VerdictTag } from './verdict-tag';

/** Whether the seals of this ticket hold, computed again from the bytes in the log; where they break, at which event and how. */
export const ChainView = ({
  chain: { events, fault, sealUnreadable, lastHash },
  ticketId,
}: {
  readonly chain: Chain;
  readonly ticketId: string;
}): VNode => {
  const words = useWords().audit.ticket;
  return (
    <section class="card" aria-labelledby="lant">
      <h2 id="lant">{words.chain} (C21)</h2>
      {sealUnreadable ? (
        <p class="notice notice-bad">
          <VerdictTag verdict="fail" grade="observed" /> {words.sealUnreadable}
        </p>
      ) : fault === undefined ? (
        <p>
          <VerdictTag verdict="pass" grade="observed" /> {words.chainWhole({ count: events })}
        </p>
      ) : (
        <p class="notice notice-bad">
          <VerdictTag verdict="fail" grade="observed" /> {words.chainBroken}{' '}
          <a href={`/audit/${ticketId}/eveniment/${fault.revision + 1}`}>{fault.revision + 1}</a>: {words.chainReasons[fault.reason]}.
        </p>
      )}
      {lastHash === undefined ? null : (
        <p>
          {words.lastHash}: <code>{lastHash}</code>
        </p>
      )}
      <p>{words.chainMeans}</p>
    </section>
  );
};

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

const Other = ({ id, event }: { readonly id: string; readonly event: OtherEvent | undefined }): VNode => {
  const { locale } = usePage();
  const words = useWords().audit.ticket;
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
}: {
  readonly ids: readonly string[];
  readonly shown: TicketView;
  readonly others: ReadonlyMap<string, OtherEvent>;
}): VNode | null => {
  if (ids.length === 0) return null;
  const words = useWords().audit.ticket;
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
            <Other id={id} event={others.get(id)} />
          </>
        ))}
    </p>
  );
};

/** The last moment in time is still in time: what comes of it shows right after. */
const aMillisecond = 0.001;

type View = Pick<CheckResult, 'id' | 'verdict' | 'article' | 'evidence' | 'text' | 'failsAt' | 'grade' | 'observable'>;
type Judged = Extract<Verdicts, { readonly kind: 'judged' }>;
type Parts = { readonly shown: TicketView; readonly judged: Judged };

type Group = 'telling' | 'confirmable' | 'pass' | 'not-applicable';
const groups: readonly Group[] = ['telling', 'confirmable', 'pass', 'not-applicable'];

/** What was only declared where it could have been observed is no fault, and is looked at before what was. */
const groupOf = ({ verdict, observable }: View): Group => {
  if (verdict === 'not-applicable') return verdict;
  if (verdict !== 'pass') return 'telling';
  return observable === undefined ? 'pass' : 'confirmable';
};

/** How a verdict is known that rests only on what a person said. */
const Known = ({ check: { grade, observable } }: { readonly check: View }): VNode | null => {
  const { locale } = usePage();
  const words = useWords().audit.ticket;
  if (grade !== 'declared') return null;
  return observable === undefined ? (
    <p class="hint">{words.nothingCould}</p>
  ) : (
    <p>
      <strong>{words.couldConfirm({ who: observersInWords(observable, locale) })}</strong>
    </p>
  );
};

const One = ({ check, shown, judged }: Parts & { readonly check: View }): VNode => {
  const { locale } = usePage();
  const words = useWords().audit.ticket;
  const now = judged.now?.checks.find(({ id }) => id === check.id);
  return (
    <li id={check.id}>
      <p class="check-name">
        <VerdictTag verdict={check.verdict} grade={check.grade} />{' '}
        <a href={`/audit/verificari#${check.id}`}>
          {check.id} · {auditChecks[check.id].name[locale]}
        </a>{' '}
        <small>
          <Article article={check.article} locale={locale} />
        </small>
      </p>
      <p>{check.text[locale]}</p>
      <Known check={check} />
      {check.failsAt !== undefined && check.verdict !== 'fail' ? (
        <p>
          {words.becomes}{' '}
          <a href={`/audit/${shown.ticketId}?la=${encodeURIComponent(plusSeconds(check.failsAt, aMillisecond))}`}>
            {dueMoment(check.failsAt, locale)}
          </a>
          .
        </p>
      ) : null}
      {now === undefined || (now.verdict === check.verdict && now.grade === check.grade) ? null : (
        <p>
          {words.nowIs}: <VerdictTag verdict={now.verdict} grade={now.grade} /> {now.text[locale]}
        </p>
      )}
      <EvidenceList ids={check.evidence} shown={shown} others={judged.others} />
    </li>
  );
};

/** The checks as they stood at the moment that is looked at; what needs a look first. */
export const ChecksView = ({ shown, judged }: Parts): VNode => {
  const words = useWords().audit.ticket;
  return (
    <>
      {groups.map((name) => {
        const checks = judged.audited.checks.filter((check) => groupOf(check) === name);
        if (checks.length === 0) return null;
        const list = (
          <ol class="checks">
            {checks.map((check) => (
              <One check={check} shown={shown} judged={judged} />
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

const Lines = ({ lines }: { readonly lines: readonly string[] }): VNode => (
  <>
    {lines.map((line, index) => (
      <>
        {index === 0 ? null : <br />}
        <bdi>{line}</bdi>
      </>
    ))}
  </>
);

const Value = ({ row: { lines, before } }: { readonly row: StateRow }): VNode => {
  const words = useWords().audit.ticket;
  return (
    <>
      {lines.length === 0 ? words.noMore : <Lines lines={lines} />}
      {before === undefined ? null : (
        <small class="was">
          {words.was}: <Lines lines={before} />
        </small>
      )}
    </>
  );
};

const Rows = ({ rows }: { readonly rows: readonly StateRow[] }): VNode => {
  const { locale } = usePage();
  return (
    <SummaryList
      rows={rows.map((row) => ({
        label: sentences[locale].audit.state.labels[row.name],
        value: <Value row={row} />,
        changed: row.changed,
      }))}
    />
  );
};

const Around = ({ shown, chosen }: { readonly shown: TicketView; readonly chosen: ChosenStep }): VNode => {
  const words = useWords().audit.ticket;
  const { ticketId, asked, steps } = shown;
  return (
    <p class="actions">
      {chosen.number === 1 ? null : (
        <a class="button second" rel="prev" href={stepPath(ticketId, asked, chosen.number - 1)}>
          {words.previous}
        </a>
      )}
      {chosen.number === steps.length ? null : (
        <a class="button second" rel="next" href={stepPath(ticketId, asked, chosen.number + 1)}>
          {words.next}
        </a>
      )}
    </p>
  );
};

/** The ticket as one step left it, what that step changed, and what its fact says. */
export const StepView = ({ shown, chosen }: { readonly shown: TicketView; readonly chosen: ChosenStep }): VNode => {
  const { locale } = usePage();
  const words = useWords().audit.ticket;
  const { number, step, event, seals } = chosen;
  const rows = stateRows({ ...chosen, changed: step.changed }, seals, locale);
  const [changed, rest] = [rows.filter((row) => row.changed), rows.filter((row) => !row.changed)];
  const facts = factRows(event.fact, seals, locale);
  return (
    <section class="card" id="pas" tabIndex={-1} aria-labelledby="cum">
      <h2 id="cum">
        {words.atStep[0]}
        {number}
        {words.atStep[1]}
        {shown.steps.length}
      </h2>
      <Around shown={shown} chosen={chosen} />
      <p>
        <strong>{stepInWords(step, shown.facts, locale)}</strong>
        <br />
        {moment(step.at, locale)} · {actorInWords(step.actor, locale)} · <Article article={step.article} locale={locale} />
      </p>
      {changed.length === 0 ? null : (
        <>
          <h3>{words.changedHere}</h3>
          <Rows rows={changed} />
        </>
      )}
      {facts.length === 0 ? null : (
        <>
          <h3>{words.says}</h3>
          <SummaryList rows={facts.map(({ label, value }) => ({ label, value: <bdi>{value}</bdi> }))} />
        </>
      )}
      {rest.length === 0 ? null : (
        <>
          <h3>{words.rest}</h3>
          <Rows rows={rest} />
        </>
      )}
      <p>
        <a href={`/audit/${shown.ticketId}/eveniment/${event.revision + 1}`}>{words.asKept}</a>
      </p>
    </section>
  );
};
