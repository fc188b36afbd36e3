import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { MeetingCard } from '../../../application/meeting/meeting-card';
import { defined } from '../../../domain/kernel/defined';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import { HttpProblem, statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { formOf } from '../forms/form';
import { FormService } from '../forms/form-service';
import { PageService } from '../page/page-service';
import { type Fault, ErrorSummary } from '../parts/fields';
import type { Known, Typed, ActForm } from './act-form';
import { type Act, allowedActs, cardPath, aboutAct } from './acts';
import { CalendarService } from './calendar-service';
import { MeetingCardService } from './card-service';
import { MoveHours } from './move-hours';
import { type Answer, seeOther, view } from '../page/answer';
import { saidOf, sentences } from '../../phrasing/sentences';
import { GetTicketHistory } from '../../../application/audit/ticket-history';
import { type Locale, writtenResolution } from '../../../domain/ticket/facts';
import { QueryService } from '../../api/commands/query-service';
import { actorInWords } from '../../phrasing/audit/step-text';
import { dateAndHour, hour, longDate } from '../../phrasing/words/dates';
import { namesOfStaff } from '../registry/names-of-staff';
import type { LostTexts } from './card-page';
import type { VNode } from 'preact';
import { civilDateOf, parseInstant } from '../../../domain/time/civil-time';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Article } from '../parts/article';
import { TypedForm } from '../forms/forms-view';
import { faultsOf } from '../parts/refusal-view';
import { citizenAbsentForm, staffAbsentForm } from './acts/absent';
import { cancelForm } from './acts/cancel';
import { filedForm } from './acts/filed';
import { handedOverForm } from './acts/handed-over';
import { heldForm } from './acts/held';
import { linkForm } from './acts/link';
import { noticeForm } from './acts/notice';
import { reassignForm } from './acts/reassign';
import { noRecordingForm, recordingForm, recordingWaivedForm } from './acts/recording';
import { rescheduleForm } from './acts/reschedule';
import { resolutionForm } from './acts/resolution';
import { startForm } from './acts/start';

const actForms: Readonly<Record<Act, ActForm>> = {
  link: linkForm,
  start: startForm,
  held: heldForm,
  recording: recordingForm,
  'no-recording': noRecordingForm,
  'recording-waived': recordingWaivedForm,
  resolution: resolutionForm,
  filed: filedForm,
  'handed-over': handedOverForm,
  notice: noticeForm,
  reschedule: rescheduleForm,
  'citizen-absent': citizenAbsentForm,
  'staff-absent': staffAbsentForm,
  reassign: reassignForm,
  cancel: cancelForm,
};

type Asked = {
  readonly locale: Locale;
  /** the field that a refusal without one is shown at */
  readonly otherwise: string;
  /** the hour that was asked for */
  readonly startsAt?: string | undefined;
};

/** A refusal at its field; where the catalogue speaks to citizens, in the words of the one who asked. */
const refusalFaults = (refusal: Refusal, { locale, otherwise, startsAt = '' }: Asked): readonly Fault[] => {
  const words = sentences[locale].meetings.fields;
  const wanted = parseInstant(startsAt);
  const earliest = refusal.details?.['earliest'];
  if (refusal.code === 'slot-taken' && wanted !== undefined) {
    return [{ field: 'startsAt', message: words.taken({ hour: hour(wanted) }) }];
  }
  if (refusal.code === 'too-soon') return [{ field: 'citizenAgreed', message: words.agreedFault }];
  if (refusal.code === 'too-early' && typeof earliest === 'string') {
    return [{ field: otherwise, message: words.tooEarly({ hour: hour(earliest) }) }];
  }
  if (refusal.details?.['reason'] === 'before-the-slot' && typeof earliest === 'string') {
    return [{ field: otherwise, message: words.beforeSlot({ hour: hour(earliest) }) }];
  }
  if (refusal.details?.['reason'] === 'being-filed') return [{ field: otherwise, message: words.beingFiled }];
  if (refusal.code === 'slot-taken') return [{ field: otherwise, message: words.colleagueBusy }];
  return faultsOf(refusal, locale, otherwise);
};

/** One thing that is done about a meeting: which meeting, what the article asks, the fields, one button. */
const ActPage = ({
  context,
  act,
  known,
  typed,
  faults,
}: {
  readonly context: PageContext;
  readonly act: Act;
  readonly known: Known;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
}): VNode => {
  const { locale } = context;
  const words = sentences[locale].meetings.acts[act];
  const { applicant, slot, ticketId } = known.card;
  return (
    <Document context={context} title={words.title} side="office" faulty={faults.length > 0}>
      <a class="back" href={cardPath(ticketId)}>
        <bdi>{applicant.name}</bdi>
      </a>
      <ErrorSummary title={sentences[locale].meetings.fields.summary} faults={faults} />
      <p class="step">
        {longDate(civilDateOf(slot.startsAt), locale)}, {hour(slot.startsAt)}–{hour(slot.endsAt)}
      </p>
      <h1>{words.title}</h1>
      <p class="lead">
        {words.lead} <Article article={aboutAct[act].article} locale={locale} />
      </p>
      <TypedForm action={context.url} class="act" leads={act === 'reschedule'}>
        {actForms[act].fields(known, typed, faults)}
        <div class="actions">
          <button class={act === 'cancel' ? 'grave' : undefined}>{words.button}</button>
        </div>
      </TypedForm>
    </Document>
  );
};

const invalid = 422;

const textFields = [...Object.keys(writtenResolution), 'reason', 'reasonText', 'proof', 'joinUrl', 'meetingId', 'recordingId', 'url'];

/** What was typed into the fields of an act, each under its label. */
const typedTexts = (typed: Typed, locale: Locale): LostTexts['texts'] =>
  textFields.flatMap((name) => {
    const text = typed(name) ?? '';
    if (text === '') return [];
    return [{ label: saidOf(sentences[locale].meetings.fields, name) ?? saidOf(sentences[locale].audit.facts.fields, name) ?? name, text }];
  });

/** Shows the page of an act and carries it out. What is not allowed now is answered with the card, which says where things stand. */
@Injectable()
export class ActService {
  constructor(
    private readonly pages: PageService,
    private readonly forms: FormService,
    private readonly cards: MeetingCardService,
    private readonly calendar: CalendarService,
    private readonly hours: MoveHours,
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  async open(request: FastifyRequest, ticketId: string, act: Act): Promise<Answer> {
    const card = await this.cards.card(request, ticketId);
    if (allowedActs(card).includes(act)) {
      return this.#form(request, act, await this.#known(request, card, act), { typed: () => undefined, faults: [], status: 200 });
    }
    return this.#notNow(request, ticketId, act, { typed: () => undefined, faults: [] });
  }

  async carryOut(request: FastifyRequest, ticketId: string, act: Act): Promise<Answer> {
    const known = await this.#known(request, await this.cards.card(request, ticketId), act);
    const form = formOf(request);
    const typed: Typed = (name) => form.text(name);
    const read = await actForms[act].read(known, form);
    if ('faults' in read) {
      return this.#form(request, act, known, { typed, faults: read.faults, status: invalid });
    }
    const outcome = await read.carryOut(this.forms, request);
    if (isRefusal(outcome)) return this.#refused(request, act, ticketId, { typed, refusal: outcome });
    return seeOther(`${cardPath(ticketId)}?facut=${act}`);
  }

  /** The case may have moved on meanwhile: it is looked at again before the form is shown again. */
  async #refused(
    request: FastifyRequest,
    act: Act,
    ticketId: string,
    { typed, refusal }: { readonly typed: Typed; readonly refusal: Refusal },
  ): Promise<Answer> {
    if (refusal.code === 'not-found' && refusal.details?.['field'] === undefined) throw new HttpProblem({ code: 'not-found' });
    const { locale } = await this.pages.contextOf(request);
    const card = await this.cards.card(request, ticketId);
    const known = await this.#known(request, card, act);
    const faults = refusalFaults(refusal, { locale, otherwise: actForms[act].first, startsAt: typed('startsAt') });
    if (allowedActs(card).includes(act) && act !== 'start') {
      return this.#form(request, act, known, { typed, faults, status: statusOf(refusal.code) });
    }
    return this.#notNow(request, ticketId, act, { typed, faults });
  }

  /** Nothing that was typed is lost because somebody else was faster: it is shown, and who acted when. */
  async #notNow(
    request: FastifyRequest,
    ticketId: string,
    act: Act,
    { typed, faults }: { readonly typed: Typed; readonly faults: readonly Fault[] },
  ): Promise<Answer> {
    const { locale } = await this.pages.contextOf(request);
    const message = `${sentences[locale].meetings.card.notNow} ${sentences[locale].meetings.acts[act].short}.`;
    const texts = typedTexts(typed, locale);
    return this.cards.show(request, ticketId, {
      status: 409,
      refused: [{ field: 'continut', message }, ...faults],
      ...(texts.length === 0 ? {} : { lost: { texts, meanwhile: await this.#meanwhile(ticketId, locale) } }),
    });
  }

  async #form(
    request: FastifyRequest,
    act: Act,
    known: Known,
    { status, ...shown }: { readonly typed: Typed; readonly faults: readonly Fault[]; readonly status: number },
  ): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    return view(<ActPage context={context} act={act} known={known} {...shown} />, status);
  }

  /** What was done last by a person, who that was, and when. */
  async #meanwhile(ticketId: string, locale: Locale): Promise<string | undefined> {
    const { steps } = await this.reads.ask(GetTicketHistory, { ticketId });
    const last = steps.findLast(({ actor }) => actor.kind !== 'system');
    if (last === undefined) return undefined;
    const name = last.actor.kind === 'staff' ? (await namesOfStaff(this.ports, [last.actor.id])).get(last.actor.id) : undefined;
    return sentences[locale].frame.drafts.meanwhile({
      what: sentences[locale].audit.steps.facts[last.type],
      who: name ?? actorInWords(last.actor, locale),
      when: dateAndHour(last.at, locale),
    });
  }

  async #known(request: FastifyRequest, card: MeetingCard, act: Act): Promise<Known> {
    const { locale, at } = await this.pages.contextOf(request);
    const { meetingInstructions } = this.ports.cityHall;
    return {
      card,
      locale,
      at,
      colleagues: act === 'reassign' ? await this.calendar.peopleOf(card.departmentCode) : [],
      ...(act === 'reschedule' ? await this.hours.offered(request, card, at) : {}),
      ...defined({ instructions: meetingInstructions }),
    };
  }
}
