/** A div with a class of a style sheet module. */
export function gridElement(className: string | undefined, role = 'presentation'): HTMLDivElement {
  const created = document.createElement('div');
  created.className = className ?? '';
  created.setAttribute('role', role);
  return created;
}
