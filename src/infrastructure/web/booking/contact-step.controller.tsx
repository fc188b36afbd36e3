import { Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { PageDesk } from '../page/page-desk';
import { BookingDesk } from './booking-desk';
import { contactFaults } from './contact-faults';
import { ContactStep } from './contact-step';
import { nextStepOf, pathOf } from './steps';
import { type Answer, seeOther } from '../page/answer';
import { KeepsTyped } from '../forms/kept-form';

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
