import { Get, Injectable, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { defined } from '@tichet-albastru/kernel/defined';
import { companionKind as companionKinds, counterChannel, type Locale, type Mode, needsOf } from '../../../domain/ticket/facts';
import { formOf } from '../../api/body/form';
import { CounterTicketBody, RequestTicketBody } from '../../api/dto/citizen';
import { type Sentences, sentences } from '../../phrasing/sentences';
import { ForAnybody, Pages } from '../access/page-access';
import { faultsOfBody, type Typed } from '../forms/checked';
import { FormFields, type FormPart, typedInto } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { BookingPage } from './booking-page';
import { BookingService } from './booking-service';
import { type Draft, nextStepOf, pathOf } from './draft';

const contactFields = ['channel', 'email', 'phone', 'postalAddress', 'companionKind', 'companionName', 'companionShown', 'notes'] as const;

/** What is asked depends on the mode. */
const partsOf = (
  { booking: { contact: words }, modes }: Pick<Sentences, 'booking' | 'modes'>,
  mode: Mode,
  { email, phone, postalAddress, channel, companionKind, companionName, companionShown, notes, earlierHour }: Partial<Draft>,
  isClerk: boolean,
): readonly FormPart[] => {
  const needs = needsOf(mode).contact;
  const optional = <span class="optional"> {words.optional}</span>;
  const counter: readonly FormPart[] = isClerk
    ? [
        {
          kind: 'radios',
          name: 'channel',
          label: words.channel,
          value: channel,
          options: counterChannel.words.map((word) => ({ value: word, label: words.channels[word] })),
        },
      ]
    : [];
  return [
    ...counter,
    {
      name: 'email',
      label: needs.email === undefined ? [words.email, optional] : words.email,
      hint: modes.emailWhy[mode],
      value: email,
      type: 'email',
      inputmode: 'email',
      autocomplete: 'email',
      spellcheck: false,
    },
    {
      name: 'phone',
      label: needs.phone === undefined ? [words.phone, optional] : words.phone,
      hint: modes.phoneWhy[mode],
      value: phone,
      type: 'tel',
      inputmode: 'tel',
      width: 'middle',
      autocomplete: 'tel',
    },
    { kind: 'tick', name: 'earlierHour', legend: words.earlier, label: words.earlierWhy, checked: earlierHour === 'da' },
    ...(isClerk && needs.phone === undefined
      ? [
          {
            kind: 'long' as const,
            name: 'postalAddress',
            label: [words.postalAddress, optional],
            hint: words.postalAddressWhy,
            value: postalAddress,
            rows: 3,
          },
        ]
      : []),
    {
      kind: 'select',
      name: 'companionKind',
      label: words.companion,
      hint: words.companionWhy,
      value: companionKind ?? '',
      options: [{ value: '', label: words.alone }, ...companionKinds.words.map((word) => ({ value: word, label: words.companions[word] }))],
    },
    { name: 'companionName', label: [words.companionName, optional], value: companionName, autocomplete: 'off', spellcheck: false },
    {
      name: 'companionShown',
      label: [words.companionShown, optional],
      hint: words.companionShownWhy,
      value: companionShown,
      autocomplete: 'off',
    },
    { kind: 'long', name: 'notes', label: [words.notes, optional], hint: words.notesWhy, value: notes, rows: 4 },
  ];
};

/** What is wrong with the contact, by the rules that hold for programs too; what the mode needs is said first (Art. 3 d, e, 8). */
const contactFaults = (typed: Typed, mode: Mode, locale: Locale, isClerk: boolean): readonly Fault[] => {
  const words = sentences[locale].booking.contact;
  const needs = needsOf(mode).contact;
  const { earlierHour: _, ...texts } = typed;
  const wrong = new Set(
    faultsOfBody(Object.assign(isClerk ? new CounterTicketBody() : new RequestTicketBody(), texts), locale).map(({ field }) => field),
  );
  const missing = {
    email: needs.email === undefined ? undefined : words.noEmail,
    channel: isClerk ? words.noChannel : undefined,
    postalAddress: undefined,
    phone:
      needs.phone === undefined && (typed['email'] ?? typed['postalAddress']) !== undefined
        ? undefined
        : sentences[locale].modes.noPhone[mode],
    companionKind: undefined,
    companionName: undefined,
    companionShown: undefined,
    notes: undefined,
  };
  const isCompanionHalf = (typed['companionKind'] === undefined) !== (typed['companionName'] === undefined);
  const halves: Readonly<Record<string, string | undefined>> = isCompanionHalf
    ? { companionKind: words.wrong.companionKind, companionName: words.wrong.companionName }
    : {};
  // the rest of a booking is not known here
  return contactFields.flatMap((field) => {
    const message = typed[field] === undefined ? (missing[field] ?? halves[field]) : wrong.has(field) ? words.wrong[field] : undefined;
    return message === undefined ? [] : [{ field, message }];
  });
};

/** Step 4 (Art. 3 d, e). */
const ContactPage = ({
  draft,
  back,
  isClerk,
}: {
  readonly draft: Draft;
  readonly back: string | undefined;
  readonly isClerk: boolean;
}): VNode => {
  const said = useWords();
  const { contact: words, steps } = said.booking;
  const { mode = 'in-person' } = draft;
  return (
    <BookingPage step="contact" back={back} words={{ title: words.title, lead: said.modes.contactLeads[mode] }} draft={draft}>
      <TypedForm action={pathOf('contact')}>
        <FormFields parts={partsOf(said, mode, draft, isClerk)} />
        <p class="hint">
          {needsOf(mode).contact.email !== undefined ? null : `${words.withoutEmail} `}
          {words.policy} <a href="/date-personale">{words.policyLink}</a>
        </p>
        <p class="actions">
          <button>{steps.next}</button>
        </p>
      </TypedForm>
    </BookingPage>
  );
};

/** Asks for the contact, also for a later step that finds that the contact will not do. */
@Injectable()
export class ContactStep {
  constructor(private readonly booking: BookingService) {}

  async show(request: FastifyRequest, draft: Draft, faults?: readonly Fault[], status?: number): Promise<Answer> {
    const isClerk = (await this.booking.clerkOf(request)) !== undefined;
    return formView(<ContactPage draft={draft} back={this.booking.backFrom(request)} isClerk={isClerk} />, faults, status);
  }
}

const withoutCompanion = ({ companionKind: _kind, companionName: _name, companionShown: _shown, ...draft }: Draft): Draft => draft;

@Pages('programare/contact')
export class ContactStepController {
  constructor(
    private readonly booking: BookingService,
    private readonly step: ContactStep,
  ) {}

  @Get()
  @ForAnybody()
  async contact(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.booking.at(request, 'contact');
    return 'kind' in draft ? draft : this.step.show(request, draft);
  }

  @Post()
  @KeepsTyped()
  @ForAnybody()
  async give(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.booking.at(request, 'contact');
    if ('kind' in draft) return draft;
    const { mode } = draft;
    if (mode === undefined) return seeOther(pathOf(nextStepOf(draft)));
    const locale = localeOfPage(request);
    const isClerk = (await this.booking.clerkOf(request)) !== undefined;
    const typed = typedInto(partsOf(sentences[locale], mode, {}, isClerk), formOf(request));
    const faults = contactFaults(typed, mode, locale, isClerk);
    if (faults.length > 0) return this.step.show(request, draft, faults);
    const {
      email: _email,
      phone: _phone,
      postalAddress: _postal,
      channel: _channel,
      notes: _notes,
      earlierHour: _earlierHour,
      ...others
    } = withoutCompanion(draft);
    return this.booking.goOn(request, { ...others, ...defined(typed), contactFor: mode });
  }
}
