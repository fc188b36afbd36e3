import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { GetTicketHistory } from '../../../application/audit/ticket-history';
import { GetSlots } from '../../../application/booking/slots';
import type { Ports } from '../../../application/kernel/ports/ports';
import { tables } from '../../../application/kernel/ports/tables';
import { GetMeetingCard, type MeetingCard } from '../../../application/meeting/meeting-card';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { addDays, civilDateOf, isCivilDate, parseInstant } from '../../../domain/time/civil-time';
import { recordingNoticeOf } from '../../../domain/ticket/request-ticket';
import { officialOf } from '../../api/access/viewer';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { HttpProblem, statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { actorInWords } from '../../phrasing/audit/step-text';
import { sentences } from '../../phrasing/sentences';
import { leadTimeInWords } from '../../phrasing/words/lead-time';
import { dateAndHour, hour, longDate } from '../../phrasing/words/dates';
import { type Form, formOf } from '../../api/body/form';
import { FormFields } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { Document } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { Article } from '../parts/article';
import { ErrorSummary, type Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { namesOfStaff } from '../registry/request-parts';
import { daysAtOnce, type Known } from './act-form';
import { actForms, type LostTexts, textsTyped } from './all-act-forms';
import { type Act, aboutAct, allowedActs, cardPath } from './acts';
import { CalendarService } from './calendar-service';
import { CardPage } from './card-page';

/** A refusal at its field; where the catalogue speaks to citizens, in the words of the one who asked. */
const refusalFaults = (refusal: Refusal, { locale, leadTime }: Known, otherwise: string, form: Form): readonly Fault[] => {
  const words = sentences[locale].meetings.fields;
  const wanted = parseInstant(form.text('startsAt'));
  const earliest = refusal.details?.['earliest'];
  const reason = refusal.details?.['reason'];
  const at = (message: string, field = otherwise): readonly Fault[] => [{ field, message }];
  if (refusal.code === 'slot-taken') {
    return wanted === undefined ? at(words.colleagueBusy) : at(words.taken({ hour: hour(wanted) }), 'startsAt');
  }
  if (refusal.code === 'notice-not-accepted') return at(words.noticeFault, 'recordingNotice');
  if (refusal.code === 'too-soon') return at(words.agreedFault(leadTime), 'citizenAgreed');
  const workingHours = refusal.details?.['workingHours'];
  if (refusal.code === 'no-time-for-link' && typeof workingHours === 'number')
    return at(words.linkFault({ hours: workingHours }), 'citizenAgreed');
  if (refusal.code === 'too-early' && typeof earliest === 'string') return at(words.tooEarly({ hour: hour(earliest) }));
  if (reason === 'before-the-slot' && typeof earliest === 'string') return at(words.beforeSlot({ hour: hour(earliest) }));
  return reason === 'being-filed' ? at(words.beingFiled) : faultsOf(refusal, locale, otherwise);
};

/** One thing that is done about a meeting: which meeting, what the article asks, the fields, one button. */
const ActPage = ({ act, known }: { readonly act: Act; readonly known: Known }): VNode => {
  const { locale, url } = usePage();
  const { acts, fields } = useWords().meetings;
  const words = acts[act];
  const { applicant, slot, ticketId } = known.card;
  return (
    <Document title={words.title} side="office">
      <a class="back" href={cardPath(ticketId)}>
        <bdi>{applicant.name}</bdi>
      </a>
      <ErrorSummary title={fields.summary} />
      <p class="step">
        {longDate(civilDateOf(slot.startsAt), locale)}, {hour(slot.startsAt)}–{hour(slot.endsAt)}
      </p>
      <h1>{words.title}</h1>
      <p class="lead">
        {words.lead} <Article article={aboutAct[act].article} locale={locale} />
      </p>
      <TypedForm action={url} class="act" leads={act === 'reschedule'}>
        {act === 'reschedule' && known.hours === undefined ? null : <FormFields parts={actForms[act].parts(known)} />}
        <div class="actions">
          <button class={act === 'cancel' ? 'grave' : undefined}>{words.button}</button>
        </div>
      </TypedForm>
    </Document>
  );
};

const dayIn = (query: URLSearchParams, name: string): CivilDate | undefined => {
  const text = query.get(name);
  return text !== null && isCivilDate(text) ? text : undefined;
};

type CardView = { readonly done?: Act; readonly refused?: readonly Fault[]; readonly lost?: LostTexts };

/**
 * Shows the card of a meeting, the page of an act, and carries acts out. What is not allowed now is answered with the card, which says
 * where things stand.
 */
@Injectable()
export class ActService {
  constructor(
    private readonly commands: CommandService,
    private readonly calendar: CalendarService,
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  #card(request: FastifyRequest, ticketId: string): Promise<MeetingCard> {
    const viewer = officialOf(request).role === 'head' ? 'head' : 'staff';
    return this.reads.ask(GetMeetingCard, { ticketId, viewer });
  }

  async show(request: FastifyRequest, ticketId: string, shown: CardView = {}, status = 200): Promise<Answer> {
    const since = await this.ports.readModels.position(tables.staffCalendar);
    const card = await this.#card(request, ticketId);
    const { refused: faults = [], ...others } = shown;
    return view(<CardPage card={card} place={this.ports.cityHall.meetingPlace} since={since} {...others} />, status, { faults });
  }

  async open(request: FastifyRequest, ticketId: string, act: Act): Promise<Answer> {
    const card = await this.#card(request, ticketId);
    if (!allowedActs(card).includes(act)) return this.#notNow(request, ticketId, act, [], []);
    return formView(<ActPage act={act} known={await this.#known(request, card, act)} />);
  }

  async carryOut(request: FastifyRequest, ticketId: string, act: Act): Promise<Answer> {
    const known = await this.#known(request, await this.#card(request, ticketId), act);
    const read = actForms[act].read(known, formOf(request));
    if ('faults' in read) {
      // of a meeting that is moved no more there are no hours to show the form with
      const isOver = act === 'reschedule' && known.hours === undefined;
      return isOver
        ? this.#notNow(request, ticketId, act, read.faults, textsTyped(actForms[act].parts(known), formOf(request)))
        : formView(<ActPage act={act} known={known} />, read.faults);
    }
    const outcome = await read.carryOut(this.commands, request);
    if (isRefusal(outcome)) return this.#refused(request, ticketId, act, outcome);
    // what was handed to another department is shown there
    const { departmentCode } = await this.#card(request, ticketId);
    return seeOther(departmentCode === known.card.departmentCode ? `${cardPath(ticketId)}?facut=${act}` : '/programari');
  }

  /** The case may have moved on meanwhile: it is looked at again before the form is shown again. */
  async #refused(request: FastifyRequest, ticketId: string, act: Act, refusal: Refusal): Promise<Answer> {
    if (refusal.code === 'not-found' && refusal.details?.['field'] === undefined) throw new HttpProblem({ code: 'not-found' });
    const form = formOf(request);
    const card = await this.#card(request, ticketId);
    const known = await this.#known(request, card, act);
    const faults = refusalFaults(refusal, known, actForms[act].first, form);
    if (allowedActs(card).includes(act) && act !== 'start') {
      return formView(<ActPage act={act} known={known} />, faults, statusOf(refusal.code));
    }
    return this.#notNow(request, ticketId, act, faults, textsTyped(actForms[act].parts(known), form));
  }

  /** Another official was faster. The page keeps and shows what was typed, and says who acted when. */
  async #notNow(request: FastifyRequest, ticketId: string, act: Act, faults: readonly Fault[], texts: LostTexts['texts']): Promise<Answer> {
    const locale = localeOfPage(request);
    const { card, acts } = sentences[locale].meetings;
    const refused = [{ field: 'continut', message: `${card.notNow} ${acts[act].short}.` }, ...faults];
    const lost = texts.length === 0 ? {} : { lost: { texts, meanwhile: await this.#meanwhile(ticketId, locale) } };
    return this.show(request, ticketId, { refused, ...lost }, 409);
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
    const at = this.ports.clock.now();
    return {
      card,
      locale: localeOfPage(request),
      at,
      leadTime: leadTimeInWords(this.ports.policies['lead-time'].value),
      ...(await this.#offered(request, card, act, at)),
      notice: recordingNoticeOf(this.ports.policies, this.ports.cityHall.recordingNotice),
      ...defined({ instructions: this.ports.cityHall.meetingInstructions }),
    };
  }

  /** Who else may take it, and the hours that are free. */
  async #offered(
    request: FastifyRequest,
    card: MeetingCard,
    act: Act,
    at: Instant,
  ): Promise<Pick<Known, 'colleagues' | 'departments' | 'hours'>> {
    if (act === 'offer') {
      return { colleagues: await this.calendar.successorsFor(card), departments: await this.calendar.otherDepartments(card) };
    }
    const mayGiveOn = act === 'reassign' || (act === 'reschedule' && officialOf(request).role === 'head');
    const colleagues = mayGiveOn ? await this.calendar.successorsFor(card) : [];
    return { colleagues, ...(act === 'reschedule' ? await this.#hours(request, card, colleagues, at) : {}) };
  }

  /** The free hours to which a meeting may be moved, two weeks at once, and of one day its hours; nothing for one that is moved no more. */
  async #hours({ url }: FastifyRequest, card: MeetingCard, colleagues: Known['colleagues'], at: Instant): Promise<Pick<Known, 'hours'>> {
    const { ticketId, allowed, slot } = card;
    if (!allowed.includes('reschedule')) return {};
    const query = new URLSearchParams(url.split('?')[1] ?? '');
    const { staffId } = colleagues.find((colleague) => colleague.staffId === query.get('cu')) ?? card;
    const today = civilDateOf(at);
    const asked = dayIn(query, 'de') ?? today;
    const from = asked < today ? today : asked;
    const found = await this.reads.ask(GetSlots, { ticketId, staffId, from, to: addDays(from, daysAtOnce - 1), sooner: true });
    // the hour at which it stands is offered by itself
    const slots = { ...found, slots: found.slots.filter(({ startsAt }) => startsAt !== slot.startsAt) };
    const { freelyFrom } = found;
    const free = slots.slots.find(({ startsAt }) => startsAt >= freelyFrom);
    const first = free === undefined ? slots.first : civilDateOf(free.startsAt);
    return { hours: { staffId, slots, freelyFrom, day: dayIn(query, 'zi') ?? first ?? from } };
  }
}
