import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { referenceOf } from '../../../domain/ticket/ticket';
import { portsToken } from '../../nest/tokens';
import { PageDesk } from '../page/page-desk';
import { Sessions } from '../session/sessions';
import { AlreadyPage } from './booking-page';
import { doneDraft, type Draft, draftStanding, type DraftStanding, expiredDraft, keptDraft } from './draft';
import { changing, mayShow, nextStepOf, pathOf, type Step } from './steps';

/** More tickets than a browser needs at once; the oldest are opened again with a code. */
const mostTickets = 20;

/** Keeps the draft of this browser, and sends whoever is at the wrong step to the right one. */
@Injectable()
export class BookingDesk {
  constructor(
    private readonly pages: PageDesk,
    private readonly sessions: Sessions,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  async standing(request: FastifyRequest): Promise<DraftStanding> {
    const { draft } = await this.sessions.of(request);
    return draftStanding(draft, this.ports.clock.now());
  }

  /** The draft for this step; `undefined` when the answer was given already, because another page is the right one. */
  async at(request: FastifyRequest, reply: FastifyReply, step: Step | 'cod'): Promise<Draft | undefined> {
    const standing = await this.standing(request);
    if (standing.kind === 'done') {
      // the twin of the form that made the ticket: whoever pressed twice sees the ticket
      if (request.method === 'POST') await this.toTicket(reply, standing.ticketId);
      else await this.showDone(request, reply, standing.ticketId);
      return undefined;
    }
    if (standing.kind !== 'open') {
      await reply.redirect(pathOf('cerere'), 303);
      return undefined;
    }
    const { draft } = standing;
    const right = draft.ticketId === undefined ? (step !== 'cod' && mayShow(step, draft) ? step : nextStepOf(draft)) : 'cod';
    if (right === step) return draft;
    await reply.redirect(pathOf(right), 303);
    return undefined;
  }

  /** Keeps the draft and goes to the step that comes next. */
  async goOn(request: FastifyRequest, reply: FastifyReply, draft: Draft): Promise<void> {
    await this.keep(request, reply, draft);
    await reply.redirect(pathOf(nextStepOf(draft)), 303);
  }

  async keep(request: FastifyRequest, reply: FastifyReply, draft: Draft): Promise<void> {
    await this.#keep(request, reply, keptDraft(draft));
  }

  /** What was answered is deleted; that it was stays, until the next request is found. */
  async forget(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.#keep(request, reply, expiredDraft);
  }

  /**
   * The ticket is this browser's from now on. The cookie stays the same: with a new one, the twin of a double click would find
   * its session gone.
   */
  async own(request: FastifyRequest, reply: FastifyReply, ticketId: string, draft: Draft | 'done'): Promise<void> {
    const kept = draft === 'done' ? doneDraft(ticketId) : keptDraft(draft);
    await this.#keep(request, reply, kept, ticketId);
  }

  /** The answers are no longer needed: the ticket has them. */
  async finish(request: FastifyRequest, reply: FastifyReply, ticketId: string): Promise<void> {
    await this.own(request, reply, ticketId, 'done');
    await this.toTicket(reply, ticketId);
  }

  async toTicket(reply: FastifyReply, ticketId: string): Promise<void> {
    await reply.redirect(`/tichet/${referenceOf(ticketId)}?nou=1`, 303);
  }

  /** Whoever came from the check to change one answer goes back to it. */
  backFrom({ url }: FastifyRequest): string | undefined {
    return url.endsWith(changing) ? pathOf('verificare') : undefined;
  }

  async showDone(request: FastifyRequest, reply: FastifyReply, ticketId: string): Promise<void> {
    const context = await this.pages.contextOf(request);
    await this.pages.show(reply, <AlreadyPage context={context} reference={referenceOf(ticketId)} />);
  }

  async #keep(request: FastifyRequest, reply: FastifyReply, draft: Readonly<Record<string, string>>, ticketId?: string): Promise<void> {
    const session = await this.sessions.of(request);
    const others = session.tickets.filter((id) => id !== ticketId);
    const tickets = ticketId === undefined ? session.tickets : [ticketId, ...others].slice(0, mostTickets);
    await this.sessions.keep(request, reply, { ...session, tickets, draft });
  }
}
