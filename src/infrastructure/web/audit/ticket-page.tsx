import type { VNode } from 'preact';
import { rolesFor } from '../../../application/kernel/rights';
import type { AuditedTicket, RefusedAttempt } from '../../../application/audit/audit-ticket';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { TextField } from '../parts/fields';
import { DutiesView } from './duties-view';
import { ChainView, ChecksView, StepView } from './ticket-parts';
import { referenceOf } from '../../../domain/ticket/ticket';
import { momentIn, stepPath, type TicketSealView, type TicketView } from './ticket-view';
import { actorInWords, moment, requestInWords, stepInWords } from '../../phrasing/audit/step-text';
import { basisInWords, gradeOfOverall } from '../../phrasing/audit/verdict-text';
import { VerdictTag } from './verdict-tag';
import { sentences, saidOf } from '../../phrasing/sentences';
import { sentenceOf } from '../../phrasing/problems/catalogue';
import { Article } from '../parts/article';
import { hourWithSeconds, shortDate } from '../../phrasing/words/dates';

type Sealed = Extract<TicketSealView, { readonly kind: 'sealed' }>;

const digitsInShort = 16;

const NotYet = ({ sealed, notYet }: Pick<Sealed, 'sealed' | 'notYet'>): VNode | null => {
  if (notYet === 0) return null;
  const { notYet: many, notYetOne: one } = useWords().audit.seal;
  const [first, last] = [sealed + 1, sealed + notYet];
  return <p>{first === last ? `${one[0]}${first}${one[1]}` : `${many[0]}${first}${many[1]}${last}${many[2]}`}</p>;
};

const SealedView = ({ status }: { readonly status: Sealed }): VNode => {
  const words = useWords().audit.seal;
  const { size, root, sealed, notYet } = status;
  return (
    <>
      <p>
        <strong>{words.sealed}</strong> {(notYet === 0 ? words.allOf : words.firstOf)({ count: sealed })} {words.inLog({ count: size })}
      </p>
      <NotYet sealed={sealed} notYet={notYet} />
      <details>
        <summary>
          {words.root}: <code>{root.slice(0, digitsInShort)}…</code>
        </summary>
        <p>
          {words.whole}: <code>{root}</code>
        </p>
      </details>
    </>
  );
};

const Said = ({ status, ticketId }: { readonly status: TicketSealView; readonly ticketId: string }): VNode => {
  const words = useWords().audit.seal;
  if (status.kind === 'sealed') return <SealedView status={status} />;
  if (status.kind === 'not-sealed') return <p>{words.notSealed}</p>;
  if (status.kind === 'not-yet') return <p>{words.nothingYet}</p>;
  return (
    <div class="notice notice-bad">
      <p>
        <strong>
          {status.kind === 'differs' ? (
            <>
              {words.differs[0]}
              <a href={`/audit/${ticketId}/eveniment/${status.number}`}>{status.number}</a>
              {words.differs[1]}
            </>
          ) : (
            words.broken
          )}
        </strong>
      </p>
      <p>{words.whatToDo}</p>
    </div>
  );
};

/** What of this ticket is sealed, the proof to take along, and what it proves. */
const SealCard = ({
  shown: { seal: status, ticketId, asked },
}: {
  readonly shown: Pick<TicketView, 'seal' | 'ticketId' | 'asked'>;
}): VNode => {
  const {
    seal: words,
    looked: { aboutTicket: looked },
  } = useWords().audit;
  const { official } = usePage();
  return (
    <section class="card" aria-labelledby="sigiliu">
      <h2 id="sigiliu">{words.title}</h2>
      <Said status={status} ticketId={ticketId} />
      <p class="actions">
        {status.kind === 'sealed' ? (
          <a class="button" href={`/audit/${ticketId}/dovada`} download>
            {words.proof}
          </a>
        ) : null}
        <a class="button second" href={`/audit/${ticketId}/dosar.pdf${momentIn(asked)}`} download>
          {words.paper}
        </a>
      </p>
      {status.kind === 'sealed' ? (
        <p>
          {words.proves} {words.provesNot}
        </p>
      ) : null}
      {official !== undefined && rolesFor('audit.read').includes(official.role) ? (
        <p>
          <a href="/audit/sigiliu">{words.about}</a> · <a href={`/audit/citiri?tichet=${referenceOf(ticketId)}`}>{looked}</a>
        </p>
      ) : null}
    </section>
  );
};

/** The ticket's life from the first fact to the last that is known: what, when, who, which fact, under which article. */
const StepList = ({ shown }: { readonly shown: TicketView }): VNode => {
  const { locale } = usePage();
  const words = useWords().audit.ticket;
  const { steps, facts, chosen, total, asked, ticketId } = shown;
  return (
    <section class="card" aria-labelledby="pasi">
      <h2 id="pasi">{words.steps}</h2>
      {steps.length === 0 ? <p>{words.notYet}</p> : null}
      <ol class="steps">
        {steps.map((step, index) => {
          const number = index + 1;
          const isChosen = chosen?.number === number;
          return (
            <li class={isChosen ? 'chosen' : chosen !== undefined && number > chosen.number ? 'ahead' : undefined}>
              <a href={stepPath(ticketId, asked, number)} aria-current={isChosen ? 'step' : undefined}>
                {stepInWords(step, facts, locale)}
              </a>
              <small>
                {shortDate(step.at, locale)}, {hourWithSeconds(step.at)} · {actorInWords(step.actor, locale)} · <code>{step.type}</code> ·{' '}
                <Article article={step.article} locale={locale} />
              </small>
            </li>
          );
        })}
      </ol>
      {total > steps.length && steps.length > 0 ? <p>{words.later({ count: total - steps.length })}</p> : null}
    </section>
  );
};

const files = [
  ['history', ['istoric.json', 'istoric.csv']],
  ['audit', ['dosar.json', 'dosar.csv']],
  ['events', ['evenimente.ndjson']],
] as const;

/** The proof to take along, as it stands at the moment that is looked at; the events always whole. */
const Downloads = ({
  shown: { ticketId, asked, verdicts },
}: {
  readonly shown: Pick<TicketView, 'ticketId' | 'asked' | 'verdicts'>;
}): VNode => {
  const words = useWords().audit.ticket;
  const moment = momentIn(asked);
  return (
    <section class="card" aria-labelledby="descarcari">
      <h2 id="descarcari">{words.downloads}</h2>
      <ul>
        {files.map(([name, offered]) =>
          name === 'audit' && verdicts.kind !== 'judged' ? null : (
            <li>
              {words.files[name]}:{' '}
              {offered.map((file, index) => (
                <>
                  {index === 0 ? null : ' · '}
                  <a href={`/audit/${ticketId}/${file}${name === 'events' ? '' : moment}`} download>
                    {file.split('.')[1]?.toUpperCase()}
                    <span class="unseen"> {words.files[name]}</span>
                  </a>
                </>
              ))}
            </li>
          ),
        )}
      </ul>
      <p class="hint">{words.sealedStay}</p>
    </section>
  );
};

/** What was refused about this ticket and its request, up to the moment that is looked at; nothing when nothing was. */
const RefusedView = ({ refused }: { readonly refused: readonly RefusedAttempt[] }): VNode | null => {
  const { locale, policies } = usePage();
  if (refused.length === 0) return null;
  const words = useWords().audit.refused;
  return (
    <section class="card" aria-labelledby="refuzate">
      <h2 id="refuzate">{words.title}</h2>
      <ul>
        {refused.map(({ at, command, actor, code, article }) => (
          <li>
            {moment(at, locale)}: {saidOf(sentences[locale].audit.attempts, command) ?? command}, {actorInWords(actor, locale)}
            <br />
            {sentenceOf(code, policies['lead-time'].value)[locale]}{' '}
            {article === undefined ? null : <Article article={article} locale={locale} />}
          </li>
        ))}
      </ul>
      <p class="hint">{words.means}</p>
    </section>
  );
};

/** Asks for the ticket at a moment. A plain text field: what is a moment is said by the server, in every browser alike. */
const MomentForm = ({ shown }: { readonly shown: TicketView }): VNode => {
  const words = useWords().audit.ticket;
  const { typed } = shown.asked;
  return (
    <form method="get" action={`/audit/${shown.ticketId}`} class="card" novalidate aria-labelledby="moment">
      <h2 id="moment">{words.momentTitle}</h2>
      <TextField name="la" label={words.momentField} hint={words.momentHint} value={typed} autocomplete="off" />
      <p class="actions">
        <button>{words.show}</button>
        {typed === '' ? null : <a href={`/audit/${shown.ticketId}`}>{words.toNow}</a>}
      </p>
    </form>
  );
};

const Overall = ({ audited }: { readonly audited: AuditedTicket }): VNode => {
  const words = useWords().audit.ticket;
  return (
    <>
      <VerdictTag verdict={audited.overall} grade={gradeOfOverall(audited)} />
      {audited.warnings === 0 ? null : (
        <>
          {' '}
          <VerdictTag verdict="warn" text={words.warnings({ count: audited.warnings })} />
        </>
      )}
      {audited.waived === 0 ? null : (
        <>
          {' '}
          <VerdictTag verdict="waived" text={words.waived({ count: audited.waived })} />
        </>
      )}
    </>
  );
};

const Lead = ({ shown }: { readonly shown: TicketView }): VNode | null => {
  const { locale } = usePage();
  const words = useWords().audit.ticket;
  const { verdicts } = shown;
  if (verdicts.kind !== 'judged') return null;
  const now = verdicts.now ?? verdicts.audited;
  const { requestNumber, filedOn, status } = now.facts;
  return (
    <p class="lead">
      {words.request} <bdi>{requestInWords({ number: requestNumber, filedOn }, locale)}</bdi> · {words.nowIs}:{' '}
      {sentences[locale].audit.steps.statuses[status]}
      <br />
      {words.overallNow}: <Overall audited={now} />
    </p>
  );
};

/** Tells a reader who looks at the past, or ahead, that this is not now, with the way back to now. */
const WhenNotice = ({ shown }: { readonly shown: TicketView }): VNode | null => {
  const { locale, at } = usePage();
  const { until } = shown.asked;
  const words = useWords().audit.ticket;
  if (until === undefined) return null;
  return (
    <p class="notice notice-warn">
      {until > at ? words.looksAhead : words.looksBack} <strong>{moment(until, locale)}</strong>.{' '}
      <a href={`/audit/${shown.ticketId}`}>{words.toNow}</a>
    </p>
  );
};

const Procedure = ({ shown }: { readonly shown: TicketView }): VNode => {
  const { locale } = usePage();
  const words = useWords().audit.ticket;
  const { verdicts } = shown;
  const basis = verdicts.kind === 'judged' ? basisInWords(verdicts.audited, locale) : undefined;
  return (
    <section class="card" aria-labelledby="verificari">
      <h2 id="verificari">
        {words.checks}, {shown.isNow ? words.checksNow : `${words.checksAt} ${moment(shown.moment, locale)}`}
      </h2>
      {verdicts.kind === 'parked' ? (
        <div class="notice notice-bad">
          <p>
            <strong>{words.parked}</strong>
          </p>
          <p>{words.parkedWhere}</p>
          <p>
            <code>
              {verdicts.table} · {verdicts.key}
            </code>
          </p>
        </div>
      ) : null}
      {verdicts.kind === 'nothing' ? <p>{words.nothing}</p> : null}
      {verdicts.kind === 'judged' ? (
        <>
          {verdicts.late ? <p class="notice notice-warn">{words.late}</p> : null}
          <p>
            <Overall audited={verdicts.audited} />
          </p>
          {basis === undefined ? null : <p>{basis}</p>}
          <ChecksView shown={shown} judged={verdicts} />
        </>
      ) : null}
    </section>
  );
};

/** One ticket at any step and moment of its past, with what the procedure says of it. */
export const TicketPage = ({ shown }: { readonly shown: TicketView }): VNode => {
  const words = useWords().audit.ticket;
  const { chosen, asked } = shown;
  const title = `${words.title} ${shown.reference ?? shown.ticketId}`;
  const part =
    chosen === undefined || asked.step === undefined ? '' : `, ${words.stepOf[0]}${chosen.number}${words.stepOf[1]}${shown.steps.length}`;
  return (
    <HeadedPage title={`${title}${part}`} summary={words.faulty} heading={title} back={{ href: '/audit', text: words.back }}>
      <Lead shown={shown} />
      <WhenNotice shown={shown} />
      <div class="replay">
        <StepList shown={shown} />
        <div class="replay-main">
          {chosen === undefined ? null : <StepView shown={shown} chosen={chosen} />}
          <Procedure shown={shown} />
          {shown.verdicts.kind === 'judged' ? <DutiesView duties={shown.verdicts.audited.duties} at={shown.verdicts.audited.asOf} /> : null}
          <RefusedView refused={shown.refused} />
        </div>
        <div>
          <MomentForm shown={shown} />
          <ChainView chain={shown.chain} ticketId={shown.ticketId} />
          <SealCard shown={shown} />
          <Downloads shown={shown} />
        </div>
      </div>
    </HeadedPage>
  );
};
