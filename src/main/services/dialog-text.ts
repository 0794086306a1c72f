/** Names may hold line breaks and marks that turn the direction of writing: none may shape a dialog. */
export function dialogText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
