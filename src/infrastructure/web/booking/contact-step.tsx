import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FormDesk } from '../forms/form-desk';
import { PageDesk } from '../page/page-desk';
import type { Fault } from '../parts/fields';
import { BookingDesk } from './booking-desk';
import { ContactPage, type ContactTyped } from './contact-page';
import type { Draft } from './draft';

/** Where the contact is asked for, also by whoever finds only later that it will not do. */
@Injectable()
export class ContactStep {
  constructor(
    private readonly pages: PageDesk,
    private readonly forms: FormDesk,
    private readonly desk: BookingDesk,
  ) {}

  async show(
    request: FastifyRequest,
    reply: FastifyReply,
    draft: Draft,
    {
      typed,
      faults = [],
      status = 200,
    }: { readonly typed?: ContactTyped; readonly faults?: readonly Fault[]; readonly status?: number } = {},
  ): Promise<void> {
    const { email = '', phone = '', notes = '', mode = 'in-person' } = draft;
    await this.pages.show(
      reply,
      <ContactPage
        context={await this.pages.contextOf(request)}
        mode={mode}
        typed={typed ?? { email, phone, notes }}
        faults={faults}
        once={this.forms.once()}
        draft={draft}
        back={this.desk.backFrom(request)}
      />,
      status,
    );
  }
}
