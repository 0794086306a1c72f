/** A postern: the small door in a wall. */
export function BrandMark({ className }: { readonly className?: string | undefined }) {
  return (
    <svg viewBox="0 0 40 40" className={className} aria-hidden="true">
      <rect width="40" height="40" rx="9" fill="var(--accent)" />
      <path
        d="M10 32V19.5C10 13.7 14.5 9 20 9s10 4.7 10 10.5V32h-4.2V19.7c0-3.5-2.6-6.4-5.8-6.4s-5.8 2.9-5.8 6.4V32z"
        fill="var(--text-on-accent)"
      />
      <path d="M17 32v-9.4a3 3 0 0 1 6 0V32z" fill="var(--text-on-accent)" fillOpacity="0.55" />
    </svg>
  );
}
