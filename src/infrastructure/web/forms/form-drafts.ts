import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { ofAddress, takePlaces } from '../../../application/kernel/throttle';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import { ticketStream } from '../../../domain/ticket/facts';
import type { Refusal } from '../../../domain/kernel/refusal';
import { plusMinutes } from '../../../domain/time/civil-time';
import { principalOfRequest } from '../../api/access/principals';
import { keyFor, openIfFitting, sealText } from '@tichet-albastru/event-log/keys/encrypting';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { Sessions } from '../session/sessions';
import { type DraftText, draftOf, draftText } from './draft-text.codec';
import { type Form, onceField } from '../../api/body/form';

export const minutesADay = 24 * 60;
/** A form about a ticket is kept longer: its ticket's erasure ends it in any case. */
export const daysAboutTicket = 30;
/** What is still on its way when a form was sent arrives within this. */
const finishedMinutes = 10;
/** Longer than any form can be that is not refused for its length. */
const longestBytes = 64 * 1024;
const mostOfOnePerson = 40;
/** Begun in a day, from one address, by people whom only a session tells apart: more than a whole house of citizens begins. */
export const mostFromOneAddress = 300;
/** Longer than what a citizen can type into a form on the way to a ticket. */
const longestOfSession = 16 * 1024;

/** What a form says that is not to be carried out: keep it (a script, as one types), or give it up. */
export const draftField = 'ciorna';
/** The button of a form that leads to another page and takes what was typed along. */
export const leaveField = 'mergi';
const ourFields: readonly string[] = [onceField, draftField, leaveField];

/** What a person has written into a form, without the fields that the form brings itself. */
export const writtenInto = (form: Form): readonly (readonly [name: string, text: string])[] =>
  [...form.fields].filter(([name, text]) => text !== '' && !ourFields.includes(name));

/** Whose a draft is. `lasting`: found again after another sign-in. Another person who uses the same browser is never this one. */
export type Person = { readonly key: string; readonly lasting: boolean };

/** `address`: the remote address that sends it. */
export type FormSent = { readonly path: string; readonly form: Form; readonly ticketId?: string; readonly address: string };
/** What a person has typed into one form. */
export type FormDraft = { readonly once: string; readonly at: Instant; readonly fields: ReadonlyMap<string, string> };

/**
 * What people type into forms and have not sent yet. It is encrypted: about a ticket with the key of its contact data, which is destroyed
 * with it, else with a key of this installation, for a day. Nothing of it is ever logged.
 */
@Injectable()
export class FormDrafts {
  readonly #key: Buffer;
  /** while a form is answered, its sender stays the same, even if the session changes or ends */
  readonly #persons = new WeakMap<FastifyRequest, Promise<Person | undefined>>();

  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) private readonly opened: OpenedPorts,
    private readonly sessions: Sessions,
  ) {
    this.#key = keyFor('web-draft', opened.tokenKey);
  }

  /** Who types in this request; `undefined` where no session says so. */
  person(request: FastifyRequest): Promise<Person | undefined> {
    const known = this.#persons.get(request) ?? this.#personOf(request);
    this.#persons.set(request, known);
    return known;
  }

  async #personOf(request: FastifyRequest): Promise<Person | undefined> {
    const principal = principalOfRequest(request);
    if (principal?.kind === 'citizen') return { key: `citizen:${principal.ticketId}`, lasting: true };
    const { draft } = await this.sessions.of(request);
    if (principal?.kind === 'official')
      return { key: `${principal.staffId === undefined ? 'person' : 'staff'}:${principal.person}`, lasting: true };
    const session = await this.sessions.tagOf(request);
    const { number, filedOn } = draft;
    // before a request is found there is no form to type into: a visitor who has found none keeps nothing here
    if (session === undefined || number === undefined || filedOn === undefined) return undefined;
    // on the way to a ticket: of this browser, and only while it is about the same request
    return { key: `session:${session}:${number}/${filedOn}`, lasting: false };
  }

  /** A new value for the hidden field of a form that is shown to this person. */
  once(person: Person | undefined, path: string): string {
    const id = this.ports.identifiers.next();
    if (person === undefined) return id;
    return `${id}.${sealText(this.#key, personText(person), `${id}\u001f${path}`).toString('base64url')}`;
  }

  /** The person to whom the service showed the form with this `once`; `undefined` where we did not write it. */
  shownTo(once: string, path: string): Person | undefined {
    const [id = '', sealed] = once.split('.');
    if (sealed === undefined) return undefined;
    const text = openIfFitting(this.#key, Buffer.from(sealed, 'base64url'), `${id}\u001f${path}`);
    return text && personOf(text.toString());
  }

  /** Keeps what was typed, unless there is nothing in it, or more than any form takes. @returns why not, where too many were begun from there */
  async keep(person: Person, { path, form, ticketId, address }: FormSent): Promise<Refusal | undefined> {
    const once = form.text(onceField);
    const typed = writtenInto(form);
    const at = this.ports.clock.now();
    const text = draftText({ once, at, fields: Object.fromEntries(typed) });
    const longest = person.lasting ? longestBytes : longestOfSession;
    if (once === '' || typed.length === 0 || Buffer.byteLength(text) > longest) return undefined;
    const id = this.#id(person, path, once);
    const key = await this.#keyOf(ticketId);
    if (key === undefined) return undefined;
    const draft = {
      id,
      owner: this.#tag('draft-owner', person.key),
      form: this.#tag('draft-form', path),
      sealed: sealText(key, text, id).toString('base64'),
      at,
      expiresAt: plusMinutes(at, ticketId === undefined ? minutesADay : daysAboutTicket * minutesADay),
    };
    const { drafts } = this.ports.operations;
    if (!person.lasting && (await drafts.of(draft.owner, draft.form, at)).every((standing) => standing.id !== id)) {
      const bound = { limit: mostFromOneAddress, minutes: minutesADay };
      const full = await takePlaces(this.ports, [{ counted: ofAddress('drafts-of-address', address), bound }], at);
      if (full !== undefined) return full;
    }
    await drafts.put({ ...draft, ...defined({ ticketId }) }, mostOfOnePerson);
    return undefined;
  }

  /** What this person has typed into this form, the newest first; more than one after typing in several tabs. */
  async of(person: Person, path: string): Promise<readonly FormDraft[]> {
    const rows = await this.ports.operations.drafts.of(
      this.#tag('draft-owner', person.key),
      this.#tag('draft-form', path),
      this.ports.clock.now(),
    );
    const drafts = await Promise.all(
      rows.map(async ({ id, sealed, ticketId }): Promise<readonly FormDraft[]> => {
        const key = await this.#keyOf(ticketId);
        const text = key && openIfFitting(key, Buffer.from(sealed, 'base64'), id);
        return text === undefined ? [] : [shown(draftOf(text.toString()))];
      }),
    );
    return drafts.flat();
  }

  async finish(person: Person, { path, form }: FormSent): Promise<void> {
    const once = form.text(onceField);
    if (once === '') return;
    await this.ports.operations.drafts.finish(this.#id(person, path, once), plusMinutes(this.ports.clock.now(), finishedMinutes));
  }

  #id(person: Person, path: string, once: string): string {
    return this.#tag('draft', [person.key, path, once].join('\u001f'));
  }

  #tag(purpose: string, text: string): string {
    return this.ports.personalData.tag(purpose, text);
  }

  /** `undefined` once the ticket is erased. */
  async #keyOf(ticketId: string | undefined): Promise<Buffer | undefined> {
    if (ticketId === undefined) return this.#key;
    const [key] = await this.opened.keys.obtain([`contact:${ticketStream(ticketId)}`]);
    return key;
  }
}

const personText = ({ key, lasting }: Person): string => `${lasting ? 'lasting' : 'session'} ${key}`;
const personOf = (text: string): Person => ({ key: text.slice(8), lasting: text.startsWith('lasting') });
const shown = ({ once, at, fields }: DraftText): FormDraft => ({ once, at, fields: new Map(Object.entries(fields)) });
