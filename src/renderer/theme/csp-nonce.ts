/**
 * The nonce of this page's content security policy, which main writes into index.html for each
 * load. Libraries that add style elements take it; undefined where no policy is in force.
 */
export const cspNonce: string | undefined = readNonce();

function readNonce(): string | undefined {
  // Without a document (a unit test) there is no policy either.
  if (typeof document === 'undefined') return undefined;
  const content = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  return content === undefined || content === '' || content.startsWith('%') ? undefined : content;
}

/**
 * Hands the nonce to react-remove-scroll (below radix-ui's dialogs and menus), which asks the
 * package get-nonce; get-nonce reads this global, webpack's documented place for it.
 */
export function provideNonceToLibraries(): void {
  if (cspNonce !== undefined) Object.assign(globalThis, { __webpack_nonce__: cspNonce });
}
