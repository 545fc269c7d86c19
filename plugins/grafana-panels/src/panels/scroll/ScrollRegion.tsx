import { forwardRef, type CSSProperties, type ReactNode } from 'react';

export interface ScrollRegionProps {
  /** What is in it, for those who don't see it. */
  label: string;
  className?: string;
  style?: CSSProperties;
  children: ReactNode;
}

/** A part of a panel that is larger than its room and scrolls by itself. */
export const ScrollRegion = forwardRef<HTMLDivElement, ScrollRegionProps>(
  ({ label, className, style, children }, ref) => (
    <div
      ref={ref}
      className={className}
      style={style}
      role="region"
      aria-label={label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by the arrow keys
      tabIndex={0}
    >
      {children}
    </div>
  ),
);
