import type { ComponentChildren, VNode } from 'preact';

/** The one h1 of a page, with what stands above it (a step, a link back) and below (a sentence). */
export const Heading = ({
  back,
  step,
  children,
  lead,
}: {
  readonly back?: { readonly href: string; readonly text: string };
  readonly step?: string;
  readonly children: ComponentChildren;
  readonly lead?: ComponentChildren;
}): VNode => (
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
