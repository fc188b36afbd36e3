import { SetMetadata, type Type } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants';
import { RequestMethod } from '@nestjs/common';
import type { AddressParts } from '../../api/access/subjects';
import type { Form } from '../../api/body/form';

/**
 * Why what is typed into a form is not kept.
 * `nothing-typed`: there are buttons only. `secret`: a code or a token. `file`: it lies on the sender's disk.
 * `asked-anew`: one line that is answered at once, by a page that any visitor may open.
 */
export type NotKept = 'nothing-typed' | 'secret' | 'file' | 'asked-anew';

/** The page on which the form stands, where that is not the address to which it is sent. */
export type PageOfForm = (path: AddressParts, form: Form) => string;

export type FormKeeping = { readonly kind: 'kept'; readonly page?: PageOfForm } | { readonly kind: 'not-kept'; readonly because: NotKept };

export const formMetadata = 'tichet:form';

/** What is typed into the form that is sent here is kept until it is done. */
export const KeepsTyped = (page?: PageOfForm): MethodDecorator =>
  SetMetadata(formMetadata, { kind: 'kept', ...(page === undefined ? {} : { page }) } satisfies FormKeeping);

export const KeepsNothing = (because: NotKept): MethodDecorator =>
  SetMetadata(formMetadata, { kind: 'not-kept', because } satisfies FormKeeping);

const isFunction = (value: unknown): value is (...parts: never[]) => unknown => typeof value === 'function';

/** Every route of these controllers that a form is sent to, and what it says about keeping. */
export const formsOf = (
  controllers: readonly Type[],
): readonly { readonly name: string; readonly handler: (...parts: never[]) => unknown; readonly controller: Type }[] =>
  controllers.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype)
      .map((name): unknown => Object.getOwnPropertyDescriptor(controller.prototype, name)?.value)
      .filter(isFunction)
      .filter((handler) => Reflect.getMetadata(METHOD_METADATA, handler) === RequestMethod.POST)
      .map((handler) => ({ name: `${controller.name}.${handler.name}`, handler, controller })),
  );

/** A form that does not say whether it is kept would lose what people type. The service does not start with one. */
export const everyFormSaysWhatItKeeps = (controllers: readonly Type[]): void => {
  const silent = formsOf(controllers).filter(({ handler }) => !Reflect.hasMetadata(formMetadata, handler));
  if (silent.length > 0) throw new Error(`Whether what is typed is kept is not said: ${silent.map(({ name }) => name).join(', ')}.`);
};
