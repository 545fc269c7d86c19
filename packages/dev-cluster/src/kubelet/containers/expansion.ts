/**
 * Replaces `$(NAME)` by its value, leaves unknown names as they are, and
 * reads `$$` as an escaped `$`, as Kubernetes does for command, args and env.
 *
 * @public
 */
export function expand(
  text: string,
  values: Readonly<Record<string, string>>,
): string {
  return text.replace(
    /\$(\$|\(([^()]*)\))/g,
    (whole: string, what: string, name: string | undefined) => {
      if (what === '$') {
        return '$';
      }
      return name !== undefined && Object.hasOwn(values, name)
        ? values[name]
        : whole;
    },
  );
}
