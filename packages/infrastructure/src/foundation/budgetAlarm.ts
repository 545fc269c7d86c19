import { ArnFormat, CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** @public */
export interface BudgetAlarmProps {
  environment: string;
  monthlyUsd: number;
  email: string | undefined;
  key: Key;
}

/**
 * Warns when half and 80 % of the month's budget are spent, and when its end is
 * forecast to be above it: a GPU node that nobody uses is 380 USD a month. It
 * counts the whole account: one that counted only what is tagged would count
 * nothing until somebody makes the tag a cost allocation tag.
 *
 * @public
 */
export class BudgetAlarm extends Construct {
  constructor(scope: Construct, id: string, props: BudgetAlarmProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const budgets = new ServicePrincipal('budgets.amazonaws.com');
    const topic = new Topic(this, 'Topic', {
      displayName: `LLM platform ${props.environment}: budget`,
      masterKey: props.key,
      enforceSSL: true,
    });
    // Without the account as a condition anybody's budget could publish here.
    const conditions = {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: {
        'aws:SourceArn': stack.formatArn({
          service: 'budgets',
          region: '',
          resource: '*',
          arnFormat: ArnFormat.NO_RESOURCE_NAME,
        }),
      },
    };
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [budgets],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions,
      }),
    );
    props.key.addToResourcePolicy(
      new PolicyStatement({
        principals: [budgets],
        actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        resources: ['*'],
        conditions,
      }),
    );
    if (props.email) {
      topic.addSubscription(new EmailSubscription(props.email));
    }
    const notify = (
      notificationType: 'ACTUAL' | 'FORECASTED',
      threshold: number,
    ): CfnBudget.NotificationWithSubscribersProperty => ({
      notification: {
        notificationType,
        threshold,
        thresholdType: 'PERCENTAGE',
        comparisonOperator: 'GREATER_THAN',
      },
      subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `llm-platform-${props.environment}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: props.monthlyUsd, unit: 'USD' },
      },
      notificationsWithSubscribers: [
        notify('ACTUAL', 50),
        notify('ACTUAL', 80),
        notify('FORECASTED', 100),
      ],
    });
    new CfnOutput(this, 'TopicArn', { value: topic.topicArn });
  }
}
