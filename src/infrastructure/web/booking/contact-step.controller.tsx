import { Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { PageDesk } from '../page/page-desk';
import { BookingDesk } from './booking-desk';
import { contactFaults } from './contact-faults';
import { ContactStep } from './contact-step';

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
  async contact(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const draft = await this.desk.at(request, reply, 'contact');
    if (draft !== undefined) await this.step.show(request, reply, draft);
  }

  @Post()
  @ForAnybody()
  async give(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const draft = await this.desk.at(request, reply, 'contact');
    if (draft?.mode === undefined) return;
    const form = formOf(request);
    const typed = { email: form.text('email'), phone: form.text('phone'), notes: form.text('notes') };
    const { locale } = await this.pages.contextOf(request);
    const faults = await contactFaults(typed, draft.mode, locale);
    if (faults.length > 0) {
      await this.step.show(request, reply, draft, { typed, faults, status: 422 });
      return;
    }
    const { email: _email, phone: _phone, notes: _notes, ...others } = draft;
    const given = Object.fromEntries(Object.entries(typed).filter(([, text]) => text !== ''));
    await this.desk.goOn(request, reply, { ...others, ...given, contactFor: draft.mode });
  }
}
