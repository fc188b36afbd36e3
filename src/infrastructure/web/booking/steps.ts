import type { Draft } from './draft';

export const steps = ['cerere', 'ora', 'mod', 'contact', 'verificare'] as const;
export type Step = (typeof steps)[number];

export const pathOf = (step: Step | 'cod'): string => `/programare/${step}`;
export const numberOf = (step: Step): number => steps.indexOf(step) + 1;
/** Ends the address of a step that was opened from the check, to change one answer. */
export const changing = '?schimba';

/** Where „Înapoi” leads. */
export const pathBefore = (step: Step): string => {
  const before = steps[steps.indexOf(step) - 1];
  return before === undefined ? '/' : pathOf(before);
};

const isAnswered = (step: Step, draft: Draft): boolean => {
  switch (step) {
    case 'cerere':
      return true;
    case 'ora':
      return draft.startsAt !== undefined;
    case 'mod':
      return draft.mode !== undefined && (draft.mode !== 'online' || draft.noticeVersion !== undefined);
    case 'contact':
      return draft.mode !== undefined && draft.contactFor === draft.mode;
    case 'verificare':
      return false;
  }
};

/** The step that comes next: the first without an answer, so that whoever changes one answer comes back to the check at once. */
export const nextStepOf = (draft: Draft): Step => steps.find((step) => !isAnswered(step, draft)) ?? 'verificare';

/** Whether this step may be shown: all before it are answered. */
export const mayShow = (step: Step, draft: Draft): boolean => steps.indexOf(step) <= steps.indexOf(nextStepOf(draft));
