import { type ComponentChildren, createContext, type VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { randomUUID } from 'node:crypto';
import type { Instant } from '../../../domain/kernel/fact';
import { hourOrDay } from '../../phrasing/words/dates';
import { usePage, useWords } from '../page/page-context';
import { onceField } from '../../api/body/form';
import { draftField, type FormDraft, leaveField } from './form-drafts';

/** One form as it is shown. */
export type FormView = {
  readonly once: string;
  /** its owner is known: the form is kept as they type */
  readonly kept: boolean;
  /** only a session says whose it is: other visitors from the same address may have begun too many */
  readonly bounded: boolean;
  /** what was typed before, or has just come back with something wrong */
  readonly typed?: ReadonlyMap<string, string>;
  /** since when it waits, where it is shown again from a draft */
  readonly since?: Instant;
  /** typed in other tabs */
  readonly others: readonly FormDraft[];
};

/** What the forms of a page need to know of the request. */
export type FormsView = {
  readonly form: (path: string) => FormView;
  /** what has just been sent to this path */
  readonly sentTo: (path: string) => ReadonlyMap<string, string> | undefined;
  readonly once: () => string;
};

/** Where no request is answered by a handler of pages, a form is a form and nothing more. */
export const plainForms: FormsView = {
  form: () => ({ once: randomUUID(), kept: false, bounded: false, others: [] }),
  sentTo: () => undefined,
  once: randomUUID,
};

export const Forms = createContext<FormsView>(plainForms);
const Typed = createContext<ReadonlyMap<string, string> | undefined>(undefined);

/** What was typed into the field of this name; `undefined` before anything was typed into its form. */
export const useTyped = (name: string): string | undefined => {
  const typed = useContext(Typed);
  return typed === undefined ? undefined : (typed.get(name) ?? '');
};

/** Makes this showing of a form its own, so that sending it twice is doing it once. */
const OnceField = (): VNode => <input type="hidden" name={onceField} value={useContext(Forms).once()} />;

type FormParts = {
  readonly action: string;
  readonly class?: string;
  readonly id?: string;
  readonly novalidate?: boolean;
  readonly children: ComponentChildren;
};
/** The path of an address, however a browser or a person writes its characters (`%2D` is a hyphen). */
export const pathOf = (address: string): string => decodeURI(address.split('?')[0] ?? address);

/** A form that is not kept: what was typed stands in it again only where it has just come back with a fault. */
export const PlainForm = ({ action, class: looks, id, novalidate = false, children }: FormParts): VNode => (
  <form method="post" action={action} class={looks} id={id} novalidate={novalidate}>
    <OnceField />
    <Typed.Provider value={useContext(Forms).sentTo(pathOf(action))}>{children}</Typed.Provider>
  </form>
);

const Others = ({ others }: { readonly others: readonly FormDraft[] }): VNode | null => {
  const { locale, at: now } = usePage();
  const { otherTab } = useWords().frame.drafts;
  if (others.length === 0) return null;
  return (
    <details class="notice">
      <summary>{otherTab}</summary>
      {others.map(({ at, fields }) => (
        <>
          <p>{hourOrDay(at, now, locale)}</p>
          {[...fields.values()].map((text) => (
            <p class="typed">{text}</p>
          ))}
        </>
      ))}
    </details>
  );
};

/** Looks like a link and leads like one; what was typed into the form around it comes along. */
export const LeaveButton = ({
  to,
  current = false,
  children,
}: {
  readonly to: string;
  readonly current?: boolean;
  readonly children: ComponentChildren;
}): VNode => (
  <button class="link" name={leaveField} value={to} aria-current={current ? 'date' : undefined}>
    {children}
  </button>
);

/** A form into which something is typed. What stands in its fields is what was typed last, if it was not sent yet. */
export const TypedForm = ({
  action,
  class: looks,
  id,
  novalidate = true,
  leads = false,
  children,
}: FormParts & {
  /** buttons stand in it that lead elsewhere: Enter presses the one that sends it all the same */
  readonly leads?: boolean;
}): VNode => {
  const { locale, at: now } = usePage();
  const { once, kept, bounded, typed, since, others } = useContext(Forms).form(pathOf(action));
  const words = useWords().frame.drafts;
  return (
    <form
      method="post"
      action={action}
      class={looks}
      id={id}
      novalidate={novalidate}
      data-keep={kept ? words.saved : undefined}
      data-full={bounded ? `${words.full} ${words.fullStays}` : undefined}
    >
      {leads ? <input type="submit" class="unseen" tabIndex={-1} aria-hidden="true" value="" /> : null}
      <input type="hidden" name={onceField} value={once} />
      {since === undefined ? null : (
        <p class="notice" role="status">
          {words.back({ when: hourOrDay(since, now, locale) })}
        </p>
      )}
      <Typed.Provider value={typed}>{children}</Typed.Provider>
      {kept ? <p class="hint" role="status" data-kept></p> : null}
      {since === undefined ? null : (
        <p>
          <button class="link" name={draftField} value="sterge">
            {words.discard}
          </button>
        </p>
      )}
      <Others others={others} />
    </form>
  );
};
