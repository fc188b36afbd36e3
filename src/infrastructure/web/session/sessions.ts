import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SignInTags } from '../../../application/kernel/ports/operations';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import { referenceOf } from '../../../domain/ticket/ticket';
import { plusMinutes } from '../../../domain/time/civil-time';
import type { IssuerUnavailable } from '../../outside/identity/issuer-unavailable';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { emptySession, type Session, sessionOf, sessionText, withoutSignIn } from './session.codec';
import { Form, onceField } from '../../api/body/form';
import { keyFor, openIfFitting, sealText } from '@tichet-albastru/event-log/keys/encrypting';
import { cookieAttributes, cookieName } from './cookie';
import { CurrentSignIn } from './current-sign-in';

/** An official's working day; a citizen's draft is emptied much earlier, with its booking token. */
export const livesMinutes = 12 * 60;
/** Of a browser that holds nothing yet: longer than a code that it waits for. */
const bareMinutes = 60;
/** More than a browser needs at once; the oldest are opened again with a code. */
const mostTickets = 20;
const idOf = /^[\w-]{43}$/;
/** The twin of a double click comes with the cookie that the first of them has ended: for so long it says which browser it was, and no more. */
const twinsSeconds = 30;
/** In so many browsers one person may be signed in; beyond them the browser that was unused for the longest time is signed out. */
export const mostSignIns = 10;
/** So often at most the service writes down that a person is there. */
const noticedMinutes = 1;

/** A session as it is kept, and when the person was there last. */
type Kept = { readonly session: Session; readonly activeAt?: Instant };

/** A browser in which a person is signed in. `id` names it to `endOther`, and opens nothing. */
export type SignedInBrowser = { readonly id: string; readonly activeAt: Instant; readonly isThis: boolean };

/** The provider, and the person or session that it means: the words of another provider are about another person. */
type ProviderWords = { readonly issuer: string; readonly subject?: string; readonly sid?: string };

/** Whether a person asks, and not a page that is left open: what that page fetches by itself does not prolong a sign-in. */
const isOfPerson = ({ method, headers }: FastifyRequest): boolean =>
  (method !== 'GET' && method !== 'HEAD') || (headers['sec-fetch-mode'] ?? 'navigate') === 'navigate';

const isBare = ({ official, tickets, draft }: Session): boolean =>
  official === undefined && tickets.length === 0 && Object.keys(draft).length === 0;

/** Names one showing of a form; empty where none was sent. */
const onceOf = ({ body }: FastifyRequest): string => (body instanceof Form ? body.text(onceField) : '');

/** Sessions of browsers: an opaque cookie, and behind it a row that is sealed and bound to it. */
@Injectable()
export class Sessions {
  readonly #key: Buffer;
  readonly #opened = new WeakMap<FastifyRequest, Session>();
  readonly #silent = new WeakMap<FastifyRequest, IssuerUnavailable>();
  /** the cookie that goes out with the answer; `undefined` takes it away */
  readonly #cookies = new WeakMap<FastifyRequest, { readonly id: string | undefined }>();

  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) private readonly opened: OpenedPorts,
    private readonly standing: CurrentSignIn,
  ) {
    this.#key = keyFor('web-session', opened.tokenKey);
  }

  get #cookie(): string {
    return cookieName(this.ports, 'tichet');
  }

  /** The session of this request; an empty one when there is none, or none any more. */
  async of(request: FastifyRequest): Promise<Session> {
    const known = this.#opened.get(request);
    if (known) return known;
    const session = await this.#standing(request);
    this.#opened.set(request, session);
    return session;
  }

  /** The same as it stands now, of a request that goes on. */
  async anew(request: FastifyRequest): Promise<Session> {
    this.#opened.delete(request);
    return this.of(request);
  }

  /** Why it is unknown now whether the person who signed in with this browser may still come in; `undefined` where that is known. */
  async silenceFor(request: FastifyRequest): Promise<IssuerUnavailable | undefined> {
    await this.of(request);
    return this.#silent.get(request);
  }

  async #standing(request: FastifyRequest): Promise<Session> {
    const { clock, operations } = this.ports;
    const id = this.#idIn(request);
    const { session: kept, activeAt = '' } = await this.#read(id);
    if (id === undefined || kept === emptySession) return emptySession;
    // the twin of a double click comes with the cookie that the first click has ended; any other request with it has no session
    if (kept.left !== undefined) return kept.left === onceOf(request) ? kept : emptySession;
    const replace = (changed: Session): Promise<boolean> => operations.sessions.replace(...this.#row(id, changed));
    const now = clock.now();
    const isIdle = activeAt === '' || now >= plusMinutes(activeAt, this.opened.settings.idleMinutes);
    if (kept.official !== undefined && isIdle) {
      await replace(withoutSignIn(kept));
      return withoutSignIn(kept);
    }
    const { session, silent } = await this.standing.of(kept, this.#tag(id), {
      again: async () => {
        const again = await this.#read(id);
        return again.session === emptySession ? undefined : again.session;
      },
      replace,
    });
    if (silent !== undefined) this.#silent.set(request, silent);
    if (session.official !== undefined && isOfPerson(request) && now >= plusMinutes(activeAt, noticedMinutes))
      await operations.sessions.touch(this.#tag(id), now);
    return session;
  }

  /**
   * Keeps the session as it is now. A browser that had none, or whose rights change, gets a new cookie: a cookie that was never ours, or
   * is no longer ours, never names a session. A session that was ended while this request ran stays ended.
   */
  async keep(request: FastifyRequest, changed: Session, { renew = false } = {}): Promise<void> {
    const { sessions } = this.ports.operations;
    const old = this.#idIn(request);
    const standing = await this.of(request);
    const isOurs = old !== undefined && standing !== emptySession && standing.left === undefined;
    const { left: _, ...session } = changed;
    this.#opened.set(request, session);
    if (isOurs && renew)
      await this.#leave(old, { ...emptySession, ...defined({ browser: session.browser }), tickets: standing.tickets }, onceOf(request));
    if (isOurs && !renew) {
      if (await sessions.replace(...this.#row(old, session))) this.#cookies.set(request, { id: old });
      return;
    }
    const id = randomBytes(32).toString('base64url');
    const signIn = this.#signInOf(session);
    const now = this.ports.clock.now();
    await sessions.put(...this.#row(id, session), signIn && { ...signIn, activeAt: now });
    this.#cookies.set(request, { id });
    if (signIn === undefined) return;
    const others = (await sessions.of(signIn.subject, now)).filter(({ tag }) => tag !== this.#tag(id));
    for (const { tag } of others.slice(0, Math.max(0, others.length + 1 - mostSignIns))) await sessions.remove(tag);
  }

  /** Where the person of this request is signed in, the most recently used browser first. */
  async signedIn(request: FastifyRequest): Promise<readonly SignedInBrowser[]> {
    const signIn = this.#signInOf(await this.of(request));
    const [own, now] = [await this.tagOf(request), this.ports.clock.now()];
    const found = signIn === undefined ? [] : await this.ports.operations.sessions.of(signIn.subject, now);
    return found
      .filter(({ activeAt }) => now < plusMinutes(activeAt, this.opened.settings.idleMinutes))
      .map(({ tag, activeAt }) => ({ id: tag, activeAt, isThis: tag === own }))
      .reverse();
  }

  /** Ends that of another browser of the same person. */
  async endOther(request: FastifyRequest, id: string): Promise<void> {
    if ((await this.signedIn(request)).some((one) => one.id === id && !one.isThis)) await this.ports.operations.sessions.remove(id);
  }

  /** What this browser held before stays for the twin of the form that was sent. */
  async #leave(old: string, before: Session, once: string): Promise<void> {
    const { sessions } = this.ports.operations;
    if (once === '') await sessions.remove(this.#tag(old));
    else await sessions.replace(...this.#row(old, { ...before, left: once }, twinsSeconds / 60));
  }

  #row(
    id: string,
    session: Session,
    minutes = isBare(session) ? bareMinutes : livesMinutes,
  ): readonly [tag: string, sealed: string, expiresAt: Instant] {
    const tag = this.#tag(id);
    const sealed = sealText(this.#key, sessionText(session), tag).toString('base64');
    return [tag, sealed, plusMinutes(this.ports.clock.now(), minutes)];
  }

  /** The same session with a ticket more, the newest first. */
  async withTicket(session: Session, ticketId: string): Promise<Session> {
    const token = await this.ports.personalData.manageToken(ticketId);
    const others = session.tickets.filter((held) => held.ticketId !== ticketId);
    return { ...session, tickets: [{ ticketId, token }, ...others].slice(0, mostTickets) };
  }

  /** The ticket of this reference, where this browser still holds it: not once it was erased, or the keys were rotated. */
  async ticketOf(request: FastifyRequest, reference: string): Promise<string | undefined> {
    const { tickets } = await this.of(request);
    const held = tickets.find(({ ticketId }) => referenceOf(ticketId) === reference);
    return held && (await this.ports.personalData.isManageToken(held.ticketId, held.token)) ? held.ticketId : undefined;
  }

  /** Sends what became of the cookie along with the answer. */
  giveCookie(request: FastifyRequest, reply: FastifyReply): void {
    const given = this.#cookies.get(request);
    if (given === undefined) return;
    const attributes = cookieAttributes(this.ports);
    if (given.id === undefined) reply.clearCookie(this.#cookie, attributes);
    else reply.setCookie(this.#cookie, given.id, { ...attributes, maxAge: livesMinutes * 60 });
  }

  /** Ends it on the server as well, and with it those of every other browser in which the same person is signed in. */
  async end(request: FastifyRequest): Promise<void> {
    const { sessions } = this.ports.operations;
    const id = this.#idIn(request);
    const signIn = this.#signInOf(await this.of(request));
    if (id !== undefined) await sessions.remove(this.#tag(id));
    if (signIn !== undefined) await sessions.end({ subject: signIn.subject });
    this.#opened.set(request, emptySession);
    this.#cookies.set(request, { id: undefined });
  }

  /** Ends what the provider says has ended there: one session of it, or all sessions of a person. */
  async endedAtProvider(ended: ProviderWords): Promise<number> {
    return this.ports.operations.sessions.end(this.#providerTags(ended));
  }

  /** Whose sign-in it is. While it is unknown whether they may still come in, the provider's earlier word says whose. */
  #signInOf({ official, provider }: Session): SignInTags | undefined {
    if (provider !== undefined)
      return { subject: this.#signInTag('provider', provider.issuer, provider.subject), ...this.#providerTags(provider) };
    return official && { subject: this.#signInTag('person', official.person) };
  }

  #providerTags({ issuer, subject, sid }: ProviderWords): Partial<SignInTags> {
    return {
      ...(subject === undefined ? {} : { subject: this.#signInTag('provider', issuer, subject) }),
      ...(sid === undefined ? {} : { sid: this.#signInTag('sid', issuer, sid) }),
    };
  }

  #signInTag(kind: 'provider' | 'person' | 'sid', ...texts: readonly string[]): string {
    return this.ports.personalData.tag('sign-in', [kind, ...texts].join('\u001f'));
  }

  #idIn(request: FastifyRequest): string | undefined {
    const id = request.cookies[this.#cookie];
    return id !== undefined && idOf.test(id) ? id : undefined;
  }

  /** Names the session that stands for this browser; nothing where there is none, also for a browser with a cookie. */
  async tagOf(request: FastifyRequest): Promise<string | undefined> {
    const id = this.#idIn(request);
    return id === undefined || (await this.of(request)) === emptySession ? undefined : this.#tag(id);
  }

  /**
   * Tells this browser from others until its session ends, on any page and through any sign-in. A browser without one gets one, by the
   * form that it was shown: two presses of a button bring the same.
   */
  async browserOf(request: FastifyRequest): Promise<string> {
    const session = await this.of(request);
    if (session.browser !== undefined) return session.browser;
    const once = onceOf(request);
    const browser = once === '' ? randomBytes(16).toString('base64url') : this.ports.personalData.tag('browser', once);
    await this.keep(request, { ...session, browser });
    return browser;
  }

  #tag(id: string): string {
    return this.ports.personalData.tag('web-session', id);
  }

  async #read(id: string | undefined): Promise<Kept> {
    if (id === undefined) return { session: emptySession };
    const tag = this.#tag(id);
    const row = await this.ports.operations.sessions.get(tag, this.ports.clock.now());
    const text = row && openIfFitting(this.#key, Buffer.from(row.sealed, 'base64'), tag);
    return text === undefined
      ? { session: emptySession }
      : { session: sessionOf(text.toString()), ...defined({ activeAt: row?.activeAt }) };
  }
}
