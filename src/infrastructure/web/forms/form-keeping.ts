import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { forbiddenOnTicket } from '../../../application/kernel/permission';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Refusal } from '../../../domain/kernel/refusal';
import { principalOfRequest } from '../../api/access/principals';
import { portsToken } from '../../nest/tokens';
import { accessMetadata, type RouteAccess } from '../../api/access/access-decorator';
import { textsOf } from '../../api/access/subjects';
import { noteRefused } from '../../api/problem/note-refused';
import { answered } from '../../api/problem/problem';
import { type Answer, seeOther } from '../page/answer';
import { pathHere } from '../page/path-here';
import { Form, onceField } from '../../api/body/form';
import { draftField, type FormDraft, FormDrafts, type FormSent, leaveField } from './form-drafts';
import { type FormsView, pathOf, plainForms } from './forms-view';
import { notKept } from './not-kept-page';
import { type FormKeeping as Keeping, formMetadata } from './stored-form';

/** A handler as Nest names it. */
export type Handler = ReturnType<ExecutionContext['getHandler']>;
/** A form that was sent, where what is typed into it is kept. */
type Sent = FormSent & { readonly page: string };

/** The one place that knows when what was typed is kept, shown again and forgotten. */
@Injectable()
export class FormKeeping {
  readonly #asked = new WeakMap<FastifyRequest, Promise<Refusal | undefined>>();

  constructor(
    private readonly reflector: Reflector,
    private readonly drafts: FormDrafts,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  /** Keeps a form whose sender is no longer known, for the person it was shown to. @returns where they go on after signing in */
  async withoutSession(
    request: FastifyRequest,
    handler: Handler,
  ): Promise<{ readonly backTo: string; readonly byScript: boolean; readonly kept: boolean }> {
    const sent = this.#sent(request, handler);
    if (sent === undefined) return { backTo: request.url, byScript: false, kept: false };
    const person = this.drafts.shownTo(sent.form.text(onceField), sent.path);
    const kept = person?.lasting === true;
    if (kept) await this.drafts.keep(person, sent);
    return { backTo: sent.page, byScript: sent.form.text(draftField) === 'scrie', kept };
  }

  /**
   * What a form asks for that is no business of its handler: to be kept, to be given up, or to be taken along to another page. What
   * a person typed who was signed in at this browser before is never carried out for another person.
   */
  async instead(request: FastifyRequest, handler: Handler): Promise<Answer | undefined> {
    const sent = this.#sent(request, handler);
    const person = sent && (await this.drafts.person(request));
    if (sent === undefined || person === undefined) return undefined;
    const forbidden = await this.#forbids(request, sent);
    const shownTo = this.drafts.shownTo(sent.form.text(onceField), sent.path);
    if (shownTo?.lasting === true && person.lasting && shownTo.key !== person.key) {
      await this.drafts.keep(shownTo, sent);
      return seeOther(sent.page, { unfinished: true });
    }
    const asked = sent.form.text(draftField);
    if (asked === 'sterge') {
      await this.drafts.finish(person, sent);
      return seeOther(sent.page, { unfinished: true });
    }
    const elsewhere = sent.form.text(leaveField);
    if (asked !== 'scrie' && elsewhere === '') return undefined;
    answered(forbidden);
    const full = await this.drafts.keep(person, sent);
    if (full !== undefined) return this.#notKept(request, sent, full);
    return asked === 'scrie' ? { kind: 'nothing' } : seeOther(pathHere(elsewhere, sent.page), { unfinished: true });
  }

  /**
   * Carried out, it is forgotten; else it is kept until it is sent again.
   * @returns what is to be shown instead of another page, where it cannot be kept
   */
  async settle(request: FastifyRequest, handler: Handler, isDone: boolean): Promise<Answer | undefined> {
    const sent = this.#sent(request, handler);
    const person = sent && (await this.drafts.person(request));
    if (sent === undefined || person === undefined) return undefined;
    if (isDone) await this.drafts.finish(person, sent);
    const keeps = !isDone && (await this.#forbids(request, sent)) === undefined;
    const full = keeps ? await this.drafts.keep(person, sent) : undefined;
    return full && this.#notKept(request, sent, full);
  }

  #notKept(request: FastifyRequest, sent: Sent, full: Refusal): Answer {
    noteRefused(this.ports.logger, request, full.code);
    return notKept(sent, full);
  }

  /** Asked once, before the form is carried out: afterwards the ticket may be another department's, or the log away. */
  #forbids(request: FastifyRequest, { ticketId }: Sent): Promise<Refusal | undefined> {
    const principal = principalOfRequest(request);
    if (principal === undefined || ticketId === undefined) return Promise.resolve(undefined);
    const asked = this.#asked.get(request) ?? forbiddenOnTicket(this.ports, principal, 'draft.kept', ticketId);
    this.#asked.set(request, asked);
    return asked;
  }

  /**
   * The forms of a page that answers this request. A page says while it is rendered which forms it has: it is rendered again where one
   * of them has a draft.
   */
  async rendered(request: FastifyRequest, handler: Handler | undefined, render: (forms: FormsView) => string): Promise<string> {
    // an address that cannot be read has no handler, no cookies and no forms
    if (handler === undefined) return render(plainForms);
    const person = await this.drafts.person(request);
    const sent = this.#sent(request, handler);
    const asked = new Set<string>();
    const found = new Map<string, readonly FormDraft[]>();
    const forms: FormsView = {
      once: () => this.ports.identifiers.next(),
      sentTo: (path) => (request.body instanceof Form && pathOf(request.url) === path ? request.body.fields : undefined),
      form: (path) => {
        const [kept, bounded] = [person !== undefined, person?.lasting === false];
        if (sent?.path === path) {
          const once = sent.form.text(onceField);
          return { once: once === '' ? this.drafts.once(person, path) : once, kept, bounded, typed: sent.form.fields, others: [] };
        }
        asked.add(path);
        const [newest, ...others] = found.get(path) ?? [];
        if (newest === undefined) return { once: this.drafts.once(person, path), kept, bounded, others };
        return { once: newest.once, kept, bounded, typed: newest.fields, since: newest.at, others };
      },
    };
    const first = render(forms);
    if (person === undefined || asked.size === 0) return first;
    for (const path of asked) {
      const drafts = await this.drafts.of(person, path);
      if (drafts.length > 0) found.set(path, drafts);
    }
    return found.size === 0 ? first : render(forms);
  }

  #sent(request: FastifyRequest, handler: Handler): Sent | undefined {
    const keeping = this.reflector.get<Keeping | undefined>(formMetadata, handler);
    if (keeping?.kind !== 'kept' || !(request.body instanceof Form)) return undefined;
    const { body: form } = request;
    const path = textsOf(request.params);
    return {
      path: pathOf(request.url),
      page: keeping.page?.(path, form) ?? request.url,
      form,
      address: request.ip,
      ...defined({ ticketId: this.#ticketOf(request, handler, path['id']) }),
    };
  }

  #ticketOf(request: FastifyRequest, handler: Handler, id: string | undefined): string | undefined {
    const access = this.reflector.get<RouteAccess | undefined>(accessMetadata, handler);
    if (typeof access === 'object' && access.who === 'official') return access.subject === 'ticket' ? id : undefined;
    const principal = principalOfRequest(request);
    return principal?.kind === 'citizen' ? principal.ticketId : undefined;
  }
}
