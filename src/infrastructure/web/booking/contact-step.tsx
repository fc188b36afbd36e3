import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FormService } from '../forms/form-service';
import { PageService } from '../page/page-service';
import type { Fault } from '../parts/fields';
import { BookingService } from './booking-service';
import { ContactPage, type ContactTyped } from './contact-page';
import type { Draft } from './draft';
import { type Answer, view } from '../page/answer';

/** Where the contact is asked for, also by whoever finds only later that it will not do. */
@Injectable()
export class ContactStep {
  constructor(
    private readonly pages: PageService,
    private readonly forms: FormService,
    private readonly desk: BookingService,
  ) {}

  async show(
    request: FastifyRequest,
    draft: Draft,
    {
      typed,
      faults = [],
      status = 200,
    }: { readonly typed?: ContactTyped; readonly faults?: readonly Fault[]; readonly status?: number } = {},
  ): Promise<Answer> {
    const { email = '', phone = '', notes = '', mode = 'in-person' } = draft;
    return view(
      <ContactPage
        context={await this.pages.contextOf(request)}
        mode={mode}
        typed={typed ?? { email, phone, notes }}
        faults={faults}
        draft={draft}
        back={this.desk.backFrom(request)}
      />,
      status,
    );
  }
}
