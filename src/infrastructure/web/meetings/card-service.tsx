import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { tables } from '../../../application/kernel/ports/tables';
import { GetMeetingCard, type MeetingCard } from '../../../application/meeting/meeting-card';
import { officialOf } from '../../api/access/viewer';
import { QueryService } from '../../api/commands/query-service';
import { portsToken } from '../../nest/tokens';
import { FormService } from '../forms/form-service';
import { PageService } from '../page/page-service';
import type { Fault } from '../parts/fields';
import type { Act } from './acts';
import { CardPage, type LostTexts } from './card-page';
import { type Answer, view } from '../page/answer';

export type CardView = {
  readonly status?: number;
  readonly done?: Act | undefined;
  readonly refused?: readonly Fault[];
  readonly lost?: LostTexts;
};

/** Reads one meeting for whoever may handle it, and shows its card. */
@Injectable()
export class MeetingCardService {
  constructor(
    private readonly pages: PageService,
    private readonly forms: FormService,
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  card(request: FastifyRequest, ticketId: string): Promise<MeetingCard> {
    const viewer = officialOf(request).role === 'head' ? 'head' : 'staff';
    return this.reads.ask(GetMeetingCard, { ticketId, viewer });
  }

  async show(request: FastifyRequest, ticketId: string, { status = 200, ...shown }: CardView = {}): Promise<Answer> {
    const since = await this.ports.readModels.position(tables.staffCalendar);
    const [context, card] = await Promise.all([this.pages.contextOf(request), this.card(request, ticketId)]);
    const shownPage = <CardPage context={context} card={card} place={this.ports.cityHall.meetingPlace} since={since} {...shown} />;
    return view(shownPage, status);
  }
}
