import type { ComponentChildren } from 'preact';
import type { Form } from '../../api/body/form';
import { type FormPart, fieldsIn } from '../forms/form-fields';
import type { Act } from './acts';
import type { ActForm } from './act-form';
import { changeActs } from './change-acts';
import { meetingActs } from './meeting-acts';
import { resolutionActs } from './resolution-acts';

/** What was typed into a form that came too late, and who acted meanwhile. */
export type LostTexts = {
  readonly texts: readonly { readonly label: ComponentChildren; readonly text: ComponentChildren }[];
  readonly meanwhile: string | undefined;
};

/** Each act of Art. 5–8 with its fields, what they must be, and the command that they make. */
export const actForms: Readonly<Record<Act, ActForm>> = { ...meetingActs, ...resolutionActs, ...changeActs };

/** What was typed or chosen in a form, each under its label. */
export const textsTyped = (parts: readonly FormPart[], form: Form): LostTexts['texts'] =>
  fieldsIn(parts).flatMap((field) => {
    const text = form.text(field.name);
    const isChosen = field.kind === 'radios' || field.kind === 'select';
    const isWritten = field.kind === 'long' || (field.kind === undefined && field.type === undefined);
    if (text === '' || !(isChosen || isWritten)) return [];
    return [{ label: field.label, text: (isChosen ? field.options.find(({ value }) => value === text)?.label : undefined) ?? text }];
  });
