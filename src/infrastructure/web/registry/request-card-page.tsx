import type { VNode } from 'preact';
import { erasedMark } from '../../../application/kernel/ports/personal-data';
import { type Answer, countingAnswer, type RegisteredRequest } from '../../../domain/request/request';
import { referenceOf } from '../../../domain/ticket/ticket';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { DoneNotice } from '../parts/done-notice';
import { Heading } from '../parts/heading';
import { SummaryList } from '../parts/summary-list';
import { plainDate } from '../../phrasing/words/dates';
import { requestPath } from './request-path';
import { StatusTag } from './status-tag';
import { sentences } from '../../phrasing/sentences';

export type CardView = {
  readonly request: RegisteredRequest;
  /** nothing once they are erased */
  readonly applicantName?: string;
  readonly subject?: string;
  readonly names: ReadonlyMap<string, string>;
  readonly mayForget: boolean;
};

const AnswerView = ({
  context,
  answer,
  counts,
  names,
}: {
  readonly context: PageContext;
  readonly answer: Answer;
  readonly counts: boolean;
  readonly names: CardView['names'];
}): VNode => {
  const { locale } = context;
  const words = sentences[locale].registry.request;
  return (
    <article>
      <h3>
        {answer.documentNumber} {counts ? <span class="tag tag-good">{words.counts}</span> : null}
      </h3>
      <SummaryList
        rows={[
          { label: words.communicated, value: plainDate(answer.communicatedOn, locale) },
          { label: words.channel, value: sentences[locale].registry.list.channels[answer.channel] },
          { label: words.answeredByView, value: names.get(answer.answeredBy) ?? `${answer.answeredBy} (${words.unknownStaff})` },
          { label: words.advertised, value: plainDate(answer.advertisedUntil, locale) },
          { label: words.enforced, value: plainDate(answer.enforcedUntil, locale) },
        ]}
      />
    </article>
  );
};

/** A registered request with its answers. */
export const RequestCardPage = ({
  context,
  shown: { request, applicantName, subject, names, mayForget },
  done,
}: {
  readonly context: PageContext;
  readonly shown: CardView;
  readonly done: string | undefined;
}): VNode => {
  const { locale } = context;
  const words = sentences[locale].registry.request;
  const { labels } = words;
  const { number, filedOn, handlerStaffId, departmentCode, department, status, answers, admission, lateAdmission } = request;
  const here = requestPath(request);
  const handler = names.get(handlerStaffId);
  const counting = countingAnswer(request);
  return (
    <Document context={context} title={words.cardTitle({ number })} side="office">
      <DoneNotice text={done} />
      <Heading back={{ href: '/registratura', text: words.back }}>{words.cardTitle({ number })}</Heading>
      {request.erased ? (
        <div class="notice">
          <p>{words.erased}</p>
        </div>
      ) : null}
      <SummaryList
        rows={[
          { label: labels.filedOn, value: plainDate(filedOn, locale) },
          { label: labels.applicantName, value: <bdi>{applicantName ?? erasedMark}</bdi> },
          ...(request.subject === undefined ? [] : [{ label: labels.subject, value: <bdi>{subject ?? erasedMark}</bdi> }]),
          { label: labels.status, value: <StatusTag status={status} locale={locale} /> },
          { label: labels.handlerStaffId, value: handler ?? `${handlerStaffId} (${words.unknownStaff})` },
          ...(departmentCode === undefined && department === undefined
            ? []
            : [{ label: labels.department, value: [departmentCode, department].filter((part) => part !== undefined).join(' · ') }]),
          ...(admission === undefined ? [] : [{ label: words.activeTicket, value: referenceOf(admission.ticketId) }]),
          ...(lateAdmission === undefined ? [] : [{ label: words.lateAdmission, value: plainDate(lateAdmission.until, locale) }]),
        ]}
      />
      <p class="actions">
        <a class="button" href={`${here}/raspuns`}>
          {words.addAnswer}
        </a>
        <a class="button second" href={`${here}/modificare`}>
          {words.change}
        </a>
        {mayForget ? <a href={`/administrare/stergere/cerere/${number}/${filedOn}`}>{words.forget}</a> : null}
      </p>
      <h2>{words.answers}</h2>
      {answers.length === 0 ? <p>{words.noAnswers}</p> : null}
      {answers.map((answer) => (
        <AnswerView context={context} answer={answer} counts={answer === counting} names={names} />
      ))}
    </Document>
  );
};
