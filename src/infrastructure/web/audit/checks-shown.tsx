import type { VNode } from 'preact';
import type { CheckResult, Verdict } from '../../../domain/audit/check';
import { checkMeanings } from '../../../domain/audit/meanings';
import type { Locale } from '../../../domain/ticket/facts';
import { plusSeconds } from '../../../domain/time/civil-time';
import { Article } from '../parts/article';
import { EvidenceList } from './evidence-list';
import type { TicketShown, Verdicts } from './ticket-shown';
import { moment } from '../../phrasing/audit/told';
import { VerdictTag } from './verdict-tag';
import { sentences } from '../../phrasing/sentences';

/** The last moment in time is still in time: what comes of it shows right after. */
const aMillisecond = 0.001;

type Shown = Pick<CheckResult, 'id' | 'verdict' | 'article' | 'evidence' | 'text' | 'failsAt'>;
type Judged = Extract<Verdicts, { readonly kind: 'judged' }>;
type Parts = { readonly shown: TicketShown; readonly judged: Judged; readonly locale: Locale };

const groups: readonly (readonly ['telling' | 'pass' | 'not-applicable', readonly Verdict[]])[] = [
  ['telling', ['fail', 'warn', 'pending', 'waived']],
  ['pass', ['pass']],
  ['not-applicable', ['not-applicable']],
];

const One = ({ check, shown, judged, locale }: Parts & { readonly check: Shown }): VNode => {
  const words = sentences[locale].audit.ticket;
  const now = judged.now?.checks.find(({ id }) => id === check.id);
  return (
    <li id={check.id}>
      <p class="check-name">
        <VerdictTag verdict={check.verdict} locale={locale} />{' '}
        <a href={`/audit/verificari#${check.id}`}>
          {check.id} · {checkMeanings[check.id].name[locale]}
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

/** C01 to C21 as they stood at the moment that is looked at; what needs a look first. */
export const ChecksShown = ({ shown, judged, locale }: Parts): VNode => {
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
