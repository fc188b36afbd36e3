import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Official, officialBy } from '../../../application/kernel/access';
import type { Ports } from '../../../application/kernel/ports/ports';
import { referenceOf } from '../../../domain/ticket/ticket';
import { portsToken } from '../../nest/tokens';
import { Sessions } from '../session/sessions';
import { AlreadyPage } from './booking-page';
import {
  changing,
  doneDraft,
  type Draft,
  draftStatus,
  type DraftStatus,
  expiredDraft,
  mayShow,
  nextStepOf,
  pathOf,
  type Step,
  storedDraft,
} from './draft';
import { type Answer, seeOther, view } from '../page/answer';

/** Keeps the draft of this browser, and sends a visitor at the wrong step to the right one. */
@Injectable()
export class BookingService {
  constructor(
    private readonly sessions: Sessions,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  /** The clerk who books for a citizen at the counter, if a clerk is signed in here. */
  async clerkOf(request: FastifyRequest): Promise<Official | undefined> {
    const { official } = await this.sessions.of(request);
    return official?.role === 'registry' ? officialBy(official.role, official.person) : undefined;
  }

  async standing(request: FastifyRequest): Promise<DraftStatus> {
    const { draft } = await this.sessions.of(request);
    return draftStatus(draft, this.ports.clock.now());
  }

  /** The draft for this step, or the answer where another page is the right one. */
  async at(request: FastifyRequest, step: Step | 'cod'): Promise<Draft | Answer> {
    const standing = await this.standing(request);
    if (standing.kind === 'done') {
      // the twin of the form that made the ticket: a citizen who pressed twice sees the ticket
      return request.method === 'POST'
        ? this.toTicket(standing.ticketId)
        : view(<AlreadyPage reference={referenceOf(standing.ticketId)} />);
    }
    if (standing.kind !== 'open') return seeOther(pathOf('cerere'), { unfinished: true });
    const { draft } = standing;
    const right = draft.ticketId === undefined ? (step !== 'cod' && mayShow(step, draft) ? step : nextStepOf(draft)) : 'cod';
    return right === step ? draft : seeOther(pathOf(right), { unfinished: true });
  }

  /** Keeps the draft and goes to the step that comes next. */
  async goOn(request: FastifyRequest, draft: Draft): Promise<Answer> {
    await this.keep(request, draft);
    return seeOther(pathOf(nextStepOf(draft)));
  }

  /**
   * The same with a new cookie. From here on the session belongs to a citizen: a person who copied the earlier cookie has no part in it.
   * An official has got a new one by signing in.
   */
  async begin(request: FastifyRequest, draft: Draft): Promise<Answer> {
    const session = await this.sessions.of(request);
    await this.sessions.keep(request, { ...session, draft: storedDraft(draft) }, { renew: session.official === undefined });
    return seeOther(pathOf(nextStepOf(draft)));
  }

  async keep(request: FastifyRequest, draft: Draft): Promise<void> {
    await this.#keep(request, storedDraft(draft));
  }

  /** What was answered is deleted; that it was stays, until the next request is found. */
  async forget(request: FastifyRequest): Promise<void> {
    await this.#keep(request, expiredDraft);
  }

  /**
   * The ticket is this browser's from now on. The cookie stays the one that was new when the request was found: with another, the twin of a
   * double click would find its session gone.
   */
  async own(request: FastifyRequest, ticketId: string, draft: Draft | 'done'): Promise<void> {
    const kept = draft === 'done' ? doneDraft(ticketId) : storedDraft(draft);
    await this.#keep(request, kept, (await this.clerkOf(request)) === undefined ? ticketId : undefined);
  }

  /** The answers are no longer needed: the ticket has them. At the counter it is the citizen's, and not this browser's. */
  async finish(request: FastifyRequest, ticketId: string): Promise<Answer> {
    if ((await this.clerkOf(request)) !== undefined) {
      await this.#keep(request, doneDraft(ticketId));
      return seeOther(`/ghiseu/tichete/${ticketId}?facut=programat`);
    }
    await this.own(request, ticketId, 'done');
    return this.toTicket(ticketId);
  }

  toTicket(ticketId: string): Answer {
    return seeOther(`/tichet/${referenceOf(ticketId)}?nou=1`);
  }

  /** A visitor who came from the check to change one answer goes back to it. */
  backFrom({ url }: FastifyRequest): string | undefined {
    return url.endsWith(changing) ? pathOf('verificare') : undefined;
  }

  async #keep(request: FastifyRequest, draft: Readonly<Record<string, string>>, ticketId?: string): Promise<void> {
    const session = await this.sessions.of(request);
    const holding = ticketId === undefined ? session : await this.sessions.withTicket(session, ticketId);
    await this.sessions.keep(request, { ...holding, draft });
  }
}
