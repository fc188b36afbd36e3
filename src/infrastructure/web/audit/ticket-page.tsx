import type { VNode } from 'preact';
import type { AuditedTicket } from '../../../application/audit/audit-ticket';
import type { Locale } from '../../../domain/ticket/facts';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { ErrorSummary } from '../parts/fields';
import { ChainShown } from './chain-shown';
import { ChecksShown } from './checks-shown';
import { Downloads } from './downloads-shown';
import { MomentForm } from './moment-form';
import { RefusedShown } from './refused-shown';
import { SealCard } from './seal-card';
import { StepList } from './step-list';
import { StepShown } from './step-shown';
import type { TicketShown } from './ticket-shown';
import { moment, requestInWords } from '../../phrasing/audit/told';
import { VerdictTag } from './verdict-tag';
import { sentences } from '../../phrasing/sentences';

const Overall = ({ audited, locale }: { readonly audited: AuditedTicket; readonly locale: Locale }): VNode => {
  const words = sentences[locale].audit.ticket;
  return (
    <>
      <VerdictTag verdict={audited.overall} locale={locale} />
      {audited.warnings === 0 ? null : (
        <>
          {' '}
          <VerdictTag verdict="warn" locale={locale} text={words.warnings({ count: audited.warnings })} />
        </>
      )}
      {audited.waived === 0 ? null : (
        <>
          {' '}
          <VerdictTag verdict="waived" locale={locale} text={words.waived({ count: audited.waived })} />
        </>
      )}
    </>
  );
};

const Lead = ({ shown, locale }: { readonly shown: TicketShown; readonly locale: Locale }): VNode | null => {
  const words = sentences[locale].audit.ticket;
  const { verdicts } = shown;
  if (verdicts.kind !== 'judged') return null;
  const now = verdicts.now ?? verdicts.audited;
  const { requestNumber, filedOn, status } = now.facts;
  return (
    <p class="lead">
      {words.request} <bdi>{requestInWords({ number: requestNumber, filedOn }, locale)}</bdi> · {words.nowIs}:{' '}
      {sentences[locale].audit.steps.statuses[status]}
      <br />
      {words.overallNow}: <Overall audited={now} locale={locale} />
    </p>
  );
};

/** Whoever looks at the past, or ahead, is told so, with the way back to now. */
const WhenNotice = ({ shown, context: { locale, at } }: { readonly shown: TicketShown; readonly context: PageContext }): VNode | null => {
  const { until } = shown.asked;
  const words = sentences[locale].audit.ticket;
  if (until === undefined) return null;
  return (
    <p class="notice notice-warn">
      {until > at ? words.looksAhead : words.looksBack} <strong>{moment(until, locale)}</strong>.{' '}
      <a href={`/audit/${shown.ticketId}`}>{words.toNow}</a>
    </p>
  );
};

const Procedure = ({ shown, locale }: { readonly shown: TicketShown; readonly locale: Locale }): VNode => {
  const words = sentences[locale].audit.ticket;
  const { verdicts } = shown;
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
            <Overall audited={verdicts.audited} locale={locale} />
          </p>
          <ChecksShown shown={shown} judged={verdicts} locale={locale} />
        </>
      ) : null}
    </section>
  );
};

/** One ticket at any step and moment of its past, with what the procedure says of it. */
export const TicketPage = ({ context, shown }: { readonly context: PageContext; readonly shown: TicketShown }): VNode => {
  const { locale } = context;
  const words = sentences[locale].audit.ticket;
  const { chosen, asked } = shown;
  const title = `${words.title} ${shown.reference ?? shown.ticketId}`;
  const part =
    chosen === undefined || asked.step === undefined ? '' : `, ${words.stepOf[0]}${chosen.number}${words.stepOf[1]}${shown.steps.length}`;
  return (
    <Document context={context} title={`${title}${part}`} side="office" faulty={asked.faulty}>
      <ErrorSummary title={words.faulty} faults={asked.faulty ? [{ field: 'la', message: words.momentFault }] : []} />
      <Heading back={{ href: '/audit', text: words.back }}>{title}</Heading>
      <Lead shown={shown} locale={locale} />
      <WhenNotice shown={shown} context={context} />
      <div class="replay">
        <StepList shown={shown} locale={locale} />
        <div class="replay-main">
          {chosen === undefined ? null : <StepShown shown={shown} chosen={chosen} locale={locale} />}
          <Procedure shown={shown} locale={locale} />
          <RefusedShown refused={shown.refused} locale={locale} />
        </div>
        <div>
          <MomentForm shown={shown} locale={locale} />
          <ChainShown chain={shown.chain} ticketId={shown.ticketId} locale={locale} />
          <SealCard shown={shown} locale={locale} />
          <Downloads shown={shown} locale={locale} />
        </div>
      </div>
    </Document>
  );
};
