import type { ComponentChildren, VNode } from 'preact';

export type HeadingParts = {
  readonly back?: { readonly href: string; readonly text: string };
  readonly step?: string;
  readonly children: ComponentChildren;
  readonly lead?: ComponentChildren;
};

/** The one h1 of a page, with what stands above it (a step, a link back) and below (a sentence). */
export const Heading = ({ back, step, children, lead }: HeadingParts): VNode => (
  <>
    {back === undefined ? null : (
      <a class="back" href={back.href}>
        {back.text}
      </a>
    )}
    {step === undefined ? null : <p class="step">{step}</p>}
    <h1>{children}</h1>
    {lead === undefined ? null : <p class="lead">{lead}</p>}
  </>
);

/** After a form was carried out and the page is shown again (`?facut=…`): what was done. It takes the focus and is read out. */
export const DoneNotice = ({ text }: { readonly text: string | undefined }): VNode | null =>
  text === undefined ? null : (
    <div class="notice notice-good" role="status" tabIndex={-1} data-focus>
      <p>{text}</p>
    </div>
  );
