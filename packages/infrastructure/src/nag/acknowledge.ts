import { Stack, Token, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Says why a rule of AwsSolutions doesn't apply to a construct and what is in
 * it; a finding is named as cdk-nag prints it, `Rule` or `Rule[Finding]`.
 */
export function acknowledge(
  construct: IConstruct,
  reason: string,
  ...findings: string[]
): void {
  Validations.of(construct).acknowledge(
    ...findings.map(id => ({ id: `AwsSolutions-${id}`, reason })),
  );
}

/** How cdk-nag names a policy that AWS maintains. */
export function awsPolicy(name: string): string {
  return `Policy::arn:<AWS::Partition>:iam::aws:policy/${name}`;
}

/** How cdk-nag names the account of a stack, which may be any. */
export function accountOf(construct: IConstruct): string {
  const { account } = Stack.of(construct);
  return Token.isUnresolved(account) ? '<AWS::AccountId>' : account;
}
