/**
 * Events in the shapes that AWS documents, with the page beside each; values are fictional. A function
 * that takes only what the local run sends would fail on what is more or other here.
 */
export type Documented = { readonly source: string; readonly event: unknown };

const account = "111111111111";
const arn = (service: string, resource: string) =>
  `arn:aws:${service}:us-east-1:${account}:${resource}`;

/** A request as an HTTP API hands it to a function, payload format 2.0. */
export function apiRequest(request: {
  readonly method: string;
  readonly path: string;
  readonly routeKey: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}): Documented {
  return {
    source:
      "docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html",
    event: {
      version: "2.0",
      routeKey: request.routeKey,
      rawPath: request.path,
      rawQueryString: "",
      headers: {
        accept: "*/*",
        host: "abcdefghij.execute-api.us-east-1.amazonaws.com",
        "x-forwarded-for": "192.0.2.10",
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
        ...request.headers,
      },
      requestContext: {
        accountId: account,
        apiId: "abcdefghij",
        authorizer: { lambda: {} },
        domainName: "abcdefghij.execute-api.us-east-1.amazonaws.com",
        domainPrefix: "abcdefghij",
        http: {
          method: request.method,
          path: request.path,
          protocol: "HTTP/1.1",
          sourceIp: "192.0.2.10",
          userAgent: "Mozilla/5.0",
        },
        requestId: "JKJaXmPLvHcESHA=",
        routeKey: request.routeKey,
        stage: "$default",
        time: "12/Jan/2026:19:03:58 +0000",
        timeEpoch: 1768244638390,
      },
      ...(request.body === undefined
        ? { isBase64Encoded: false }
        : {
            // An HTTP API hands bodies over in base64 where it takes them for binary.
            body: Buffer.from(JSON.stringify(request.body)).toString("base64"),
            isBase64Encoded: true,
          }),
    },
  };
}

function fromTopic(topic: string, message: unknown): unknown {
  return {
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: arn("sns", `${topic}:2bcfbf39-05c3-41de-beaa-fcfcc21c8f55`),
        Sns: {
          Type: "Notification",
          MessageId: "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
          TopicArn: arn("sns", topic),
          Subject: null,
          Message: JSON.stringify(message),
          Timestamp: "2026-01-12T19:03:58.912Z",
          SignatureVersion: "1",
          Signature: "EXAMPLE",
          SigningCertUrl:
            "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-EXAMPLE.pem",
          UnsubscribeUrl: "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe",
          MessageAttributes: {},
        },
      },
    ],
  };
}

/** A text that a person sent to one of our numbers. */
export function inboundText(body: string): Documented {
  return {
    source: "docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html",
    event: fromTopic("inbound", {
      originationNumber: "+12125550177",
      destinationNumber: "+12125550111",
      messageKeyword: "KEYWORD_111111111111",
      messageBody: body,
      inboundMessageId: "cae173d2-66b9-564c-8309-21f858e9fb84",
      previousPublishedMessageId: "wJalrXUtnFEMI",
    }),
  };
}

/** A mail that somebody wrote to one of the sites' addresses, with all of it inside. */
export function mailFromSomebody(body: string): Documented {
  const raw = `From: Ana <ana@example.org>\r\nTo: reply@riverside.example.org\r\nSubject: Question\r\n\r\n${body}`;
  const passed = { status: "PASS" };
  return {
    source: "docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-examples.html",
    event: fromTopic("inbound-mail", {
      notificationType: "Received",
      receipt: {
        timestamp: "2015-09-11T20:32:33.936Z",
        processingTimeMillis: 222,
        recipients: ["reply@riverside.example.org"],
        spamVerdict: passed,
        virusVerdict: passed,
        spfVerdict: passed,
        dkimVerdict: passed,
        dmarcVerdict: passed,
        action: {
          type: "SNS",
          topicArn: "arn:aws:sns:us-east-1:111111111111:inbound-mail",
          encoding: "BASE64",
        },
      },
      mail: {
        timestamp: "2015-09-11T20:32:33.936Z",
        source: "ana@example.org",
        messageId: "d6iitobk75ur44p8kdnnp7g2n800",
        destination: ["reply@riverside.example.org"],
        headersTruncated: false,
        headers: [{ name: "From", value: "Ana <ana@example.org>" }],
        commonHeaders: { from: ["Ana <ana@example.org>"], subject: "Question" },
      },
      content: Buffer.from(raw, "utf8").toString("base64"),
    }),
  };
}

/** What became of a mail of another system in the same account: it has none of our tags. */
export const mailDelivered: Documented = {
  source: "docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html",
  event: fromTopic("reports", {
    eventType: "Delivery",
    mail: {
      timestamp: "2026-01-12T19:03:57.000Z",
      source: "office@mail.example.org",
      sourceArn: arn("ses", "identity/mail.example.org"),
      sendingAccountId: account,
      messageId: "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000",
      destination: ["someone@example.org"],
      headersTruncated: false,
      headers: [{ name: "From", value: "office@mail.example.org" }],
      commonHeaders: { from: ["office@mail.example.org"], to: ["someone@example.org"] },
      tags: {
        "ses:configuration-set": ["throughcare"],
        "ses:source-ip": ["192.0.2.0"],
        "ses:from-domain": ["mail.example.org"],
        "ses:caller-identity": ["throughcare"],
        "ses:outgoing-ip": ["192.0.2.0"],
      },
    },
    delivery: {
      timestamp: "2026-01-12T19:03:59.000Z",
      processingTimeMillis: 11_893,
      recipients: ["someone@example.org"],
      smtpResponse: "250 2.6.0 Message received",
      reportingMTA: "mta.example.org",
    },
  }),
};

/** What became of a page to staff: it has no message of ours either. */
export const textDelivered: Documented = {
  source: "docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-format.html",
  event: fromTopic("reports", {
    eventType: "TEXT_DELIVERED",
    eventVersion: "1.0",
    eventTimestamp: 1_768_244_639_000,
    isFinal: true,
    originationPhoneNumber: "+12125550112",
    destinationPhoneNumber: "+12125550178",
    isoCountryCode: "US",
    mcc: "310",
    mnc: "800",
    messageId: "862a8790-60c0-4430-9b2b-658bdexample",
    messageRequestTimestamp: 1_768_244_637_000,
    messageEncoding: "GSM",
    messageType: "TRANSACTIONAL",
    messageStatus: "DELIVERED",
    messageStatusDescription: "Message has been accepted by phone",
    totalMessageParts: 1,
    totalMessagePrice: 0.00581,
    totalCarrierFee: 0.0032,
    context: { pageKey: "page" },
  }),
};

/** A change of a table, as an event source mapping hands it over. */
export function tableChange(table: string, keys: { pk: string; sk: string }): Documented {
  const image = { pk: { S: keys.pk }, sk: { S: keys.sk }, schemaVersion: { N: "1" } };
  return {
    source: "docs.aws.amazon.com/lambda/latest/dg/with-ddb-example.html",
    event: {
      Records: [
        {
          eventID: "c4ca4238a0b923820dcc509a6f75849b",
          eventName: "INSERT",
          eventVersion: "1.1",
          eventSource: "aws:dynamodb",
          awsRegion: "us-east-1",
          dynamodb: {
            ApproximateCreationDateTime: 1_768_244_638,
            Keys: { pk: image.pk, sk: image.sk },
            NewImage: image,
            SequenceNumber: "4421584500000000017450439091",
            SizeBytes: 64,
            StreamViewType: "NEW_AND_OLD_IMAGES",
          },
          eventSourceARN: arn("dynamodb", `table/${table}/stream/2026-01-12T00:00:00.000`),
        },
      ],
    },
  };
}

/** What the rule of every minute sends. */
export const scheduled: Documented = {
  source: "docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html",
  event: {
    version: "0",
    id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account,
    time: "2026-01-12T19:04:00Z",
    region: "us-east-1",
    resources: [arn("events", "rule/throughcare-sweep")],
    detail: {},
  },
};

/** An execution of ours that failed. */
export const executionFailed: Documented = {
  source: "docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html",
  event: {
    version: "0",
    id: "315c1398-40ff-a850-213b-158f73e60175",
    "detail-type": "Step Functions Execution Status Change",
    source: "aws.states",
    account,
    time: "2026-01-12T19:04:00Z",
    region: "us-east-1",
    resources: [arn("states", "execution:throughcare-intake:intake-01J0-g1")],
    detail: {
      executionArn: arn("states", "execution:throughcare-intake:intake-01J0-g1"),
      stateMachineArn: arn("states", "stateMachine:throughcare-intake"),
      name: "intake-01J0-g1",
      status: "FAILED",
      startDate: 1_768_244_500_000,
      stopDate: 1_768_244_638_000,
      input: JSON.stringify({
        schemaVersion: 1,
        driverId: "intake-01J0",
        episodeId: "01J0",
        generation: 1,
      }),
      inputDetails: { included: true },
      output: null,
      outputDetails: null,
      error: "States.Timeout",
      cause: null,
      stateMachineVersionArn: arn("states", "stateMachine:throughcare-intake:3"),
      stateMachineAliasArn: arn("states", "stateMachine:throughcare-intake:live"),
      redriveCount: 0,
      redriveDate: null,
      redriveStatus: "REDRIVABLE",
      redriveStatusReason: null,
    },
  },
};

/** What a state of a machine hands over: the payload alone reaches the function. */
export function fromState(payload: Readonly<Record<string, unknown>>): Documented {
  return {
    source: "docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html",
    event: payload,
  };
}
