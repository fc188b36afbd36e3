import { Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { PageDesk } from '../page/page-desk';
import { BookingDesk } from './booking-desk';
import { ContactStep } from './contact-step';
import { nextStepOf, pathOf } from './steps';
import { type Answer, seeOther } from '../page/answer';
import { KeepsTyped } from '../forms/kept-form';
import type { Locale, Mode } from '../../../domain/ticket/facts';
import { RequestTicketBody } from '../../api/dto/citizen';
import type { Fault } from '../parts/fields';
import { faultsIn } from '../forms/checked';
import type { ContactTyped } from './contact-page';
import { sentences } from '../../phrasing/sentences';

const contactFields = ['email', 'phone', 'notes'] as const;
type ContactField = (typeof contactFields)[number];

const isContactField = (name: string): name is ContactField => contactFields.some((field) => field === name);

/** What is wrong with the contact, by the rules that hold for programs too; what the mode needs is said first (Art. 3 d, e). */
const contactFaults = async ({ email, phone, notes }: ContactTyped, mode: Mode, locale: Locale): Promise<readonly Fault[]> => {
  const words = sentences[locale].booking.contact;
  const missing: readonly Fault[] = [
    ...(mode === 'online' && email === '' ? [{ field: 'email', message: words.noEmail }] : []),
    ...(mode !== 'in-person' && phone === '' ? [{ field: 'phone', message: words.noPhone[mode] }] : []),
  ];
  const typed = Object.fromEntries(Object.entries({ email, phone, notes }).filter(([, text]) => text !== ''));
  const wrong = await faultsIn(Object.assign(new RequestTicketBody(), typed), locale);
  // the rest of a booking is not known here
  const fields = wrong.map(({ field }) => field).filter(isContactField);
  const all = [...missing, ...fields.map((field) => ({ field, message: words.wrong[field] }))];
  const placeOf = ({ field }: Fault): number => contactFields.findIndex((name) => name === field);
  return [...all].sort((a, b) => placeOf(a) - placeOf(b));
};

/** Step 4 (Art. 3 d, e). */
@Pages('programare/contact')
export class ContactStepController {
  constructor(
    private readonly pages: PageDesk,
    private readonly desk: BookingDesk,
    private readonly step: ContactStep,
  ) {}

  @Get()
  @ForAnybody()
  async contact(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.desk.at(request, 'contact');
    return 'kind' in draft ? draft : this.step.show(request, draft);
  }

  @Post()
  @KeepsTyped()
  @ForAnybody()
  async give(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.desk.at(request, 'contact');
    if ('kind' in draft) return draft;
    if (draft.mode === undefined) return seeOther(pathOf(nextStepOf(draft)));
    const form = formOf(request);
    const typed = { email: form.text('email'), phone: form.text('phone'), notes: form.text('notes') };
    const { locale } = await this.pages.contextOf(request);
    const faults = await contactFaults(typed, draft.mode, locale);
    if (faults.length > 0) {
      return this.step.show(request, draft, { typed, faults, status: 422 });
    }
    const { email: _email, phone: _phone, notes: _notes, ...others } = draft;
    const given = Object.fromEntries(Object.entries(typed).filter(([, text]) => text !== ''));
    return this.desk.goOn(request, { ...others, ...given, contactFor: draft.mode });
  }
}
