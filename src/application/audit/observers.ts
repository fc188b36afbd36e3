import { type Observer, observers } from '../../domain/audit/check';
import { confirmableBy, type Judgement, type Verdicts } from '../../domain/audit/judge';
import type { Ports } from '../kernel/ports/ports';

/** What the video service and the document register are here: made by hand, or systems that can be asked, and about what. */
type Systems = Pick<Ports, 'video' | 'requests' | 'documents'>;

/** The outside systems of this installation. Every letter leaves through a mail server, which takes it or sends it back. */
const isHere = ({ video, requests, documents }: Systems): ((observer: Observer) => boolean) => {
  const here = {
    webex: video.kind === 'automatic',
    register: requests.kind === 'asked',
    'register-documents': documents.connected !== undefined,
    mail: true,
  };
  return (observer) => here[observer];
};

/** Every word of the table (`confirmableBy`), and whether it names a system of this installation. */
const confirmableWords = (systems: Systems): readonly { readonly word: string; readonly isHere: boolean }[] => {
  const sets = observers.reduce<readonly (readonly Observer[])[]>((found, one) => [...found, ...found.map((set) => [...set, one])], [[]]);
  return sets.flatMap((set) => {
    const word = confirmableBy({ any: set });
    return word === null ? [] : [{ word, isHere: set.some(isHere(systems)) }];
  });
};

export const confirmableHere = (systems: Systems): readonly string[] =>
  confirmableWords(systems).flatMap(({ word, isHere: among }) => (among ? [word] : []));
/** Where only systems could have confirmed it that this installation has not. */
export const confirmableElsewhere = (systems: Systems): readonly string[] =>
  confirmableWords(systems).flatMap(({ word, isHere: among }) => (among ? [] : [word]));

/** A judgement that names, where a verdict is only declared, who could have confirmed it in this installation. */
export const judgementHere = (systems: Systems, { checks, ...judgement }: Judgement): Judgement => {
  const among = isHere(systems);
  return {
    ...judgement,
    checks: checks.map(({ observable = [], ...check }) => {
      const here = observable.filter(among);
      return here.length === 0 ? check : { ...check, observable: here };
    }),
  };
};

/** The same of a row of the table, which knows of no installation. */
export const rowHere = <Row extends Pick<Verdicts, 'observable'>>(systems: Systems, row: Row): Row => {
  const among = isHere(systems);
  const here = Object.entries(row.observable).flatMap(([id, observable]) => {
    const found = observable.filter(among);
    return found.length === 0 ? [] : [[id, found] as const];
  });
  return { ...row, observable: Object.fromEntries(here) };
};
