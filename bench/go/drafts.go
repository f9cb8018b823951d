package main

import (
	"encoding/base64"
	"encoding/json"
	"maps"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/crossplane/function-sdk-go/errors"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/crossplane/function-sdk-go/resource/composite"
)

const (
	s3  = "s3.aws.m.upbound.io/v1beta1"
	iam = "iam.aws.m.upbound.io/v1beta1"
)

type object = map[string]any

type spec struct {
	Region     string            `json:"region"`
	Versioning bool              `json:"versioning"`
	KMSKeyARN  string            `json:"kmsKeyArn"`
	Tags       map[string]string `json:"tags"`
	Readers    []string          `json:"readers"`
	Writers    []string          `json:"writers"`
	Lifecycle  []rule            `json:"lifecycle"`
}

type rule struct {
	ID           string  `json:"id"`
	Prefix       string  `json:"prefix"`
	Days         float64 `json:"days"`
	StorageClass string  `json:"storageClass"`
}

// drafts are the objects that bench/eight/drafts.mjs makes, with apiVersion and kind, by composition resource name.
func drafts(xr *composite.Unstructured) (map[resource.Name]object, error) {
	var s spec
	raw, _, err := unstructured.NestedMap(xr.Object, "spec")
	if err != nil {
		return nil, errors.Wrap(err, "cannot read spec")
	}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(raw, &s); err != nil {
		return nil, errors.Wrap(err, "cannot read spec")
	}
	name := xr.GetName()
	m := maker{name: name, namespace: xr.GetNamespace(), spec: s}
	tags := object{"crossplane-name": name, "crossplane-kind": "xarchive.bench.trimtab.dev"}
	for key, value := range s.Tags {
		tags[key] = value
	}
	inBucket := func(more object) object {
		all := object{"region": s.Region, "bucketRef": object{"name": name}}
		maps.Copy(all, more)
		return all
	}
	status := "Suspended"
	if s.Versioning {
		status = "Enabled"
	}
	return map[resource.Name]object{
		"bucket": m.managed(s3, "Bucket", "", object{
			"region":            s.Region,
			"forceDestroy":      false,
			"objectLockEnabled": false,
			"tags":              tags,
			"lifecycleRule":     lifecycle(s.Lifecycle),
		}, object{"crossplane.io/external-name": name}),
		"public-access": m.managed(s3, "BucketPublicAccessBlock", "-public-access", inBucket(object{
			"blockPublicAcls":       true,
			"blockPublicPolicy":     true,
			"ignorePublicAcls":      true,
			"restrictPublicBuckets": true,
		}), nil),
		"versioning": m.managed(s3, "BucketVersioning", "-versioning", inBucket(object{
			"versioningConfiguration": object{"status": status},
		}), nil),
		"encryption": m.managed(s3, "BucketServerSideEncryptionConfiguration", "-encryption", inBucket(object{
			"rule": []any{object{
				"bucketKeyEnabled":                   true,
				"applyServerSideEncryptionByDefault": object{"sseAlgorithm": "aws:kms", "kmsMasterKeyId": s.KMSKeyARN},
			}},
		}), nil),
		"role": m.managed(iam, "Role", "-role", object{
			"path":               "/archives/",
			"description":        "Access to the bucket " + name,
			"maxSessionDuration": 3600,
			"assumeRolePolicy":   trust(s),
			"tags":               tags,
		}, nil),
		"policy": m.managed(iam, "Policy", "-policy", object{
			"path":        "/archives/",
			"description": "Access to the bucket " + name,
			"policy":      access(name, s),
			"tags":        tags,
		}, nil),
		"attachment": m.managed(iam, "RolePolicyAttachment", "-attachment", object{
			"policyArnRef": object{"name": name + "-policy", "policy": object{"resolution": "Required", "resolve": "Always"}},
			"roleRef":      object{"name": name + "-role"},
		}, nil),
		"secret": m.secret(),
	}, nil
}

type maker struct {
	name, namespace string
	spec            spec
}

func (m maker) metadata(suffix string, annotations object) object {
	all := object{"bench.trimtab.dev/owner": m.spec.Tags["owner"], "trimtab.dev/composed-by": "archive"}
	maps.Copy(all, annotations)
	return object{
		"name":        m.name + suffix,
		"namespace":   m.namespace,
		"annotations": all,
		"labels": object{
			"app.kubernetes.io/name":       m.name,
			"app.kubernetes.io/part-of":    m.spec.Tags["team"],
			"app.kubernetes.io/managed-by": "crossplane",
			"bench.trimtab.dev/stage":      m.spec.Tags["stage"],
		},
	}
}

func (m maker) managed(apiVersion, kind, suffix string, forProvider, annotations object) object {
	return object{
		"apiVersion": apiVersion,
		"kind":       kind,
		"metadata":   m.metadata(suffix, annotations),
		"spec": object{
			"managementPolicies": []any{"*"},
			"providerConfigRef":  object{"kind": "ClusterProviderConfig", "name": "production"},
			"forProvider":        forProvider,
		},
	}
}

func (m maker) secret() object {
	s := m.spec
	data := object{}
	for key, value := range map[string]string{
		"bucket":   m.name,
		"region":   s.Region,
		"endpoint": "https://" + m.name + ".s3." + s.Region + ".amazonaws.com",
		"role-arn": "arn:aws:iam::123456789012:role/archives/" + m.name + "-role",
		"config.json": text(struct {
			Bucket    string   `json:"bucket"`
			Region    string   `json:"region"`
			KMSKeyARN string   `json:"kmsKeyArn"`
			Readers   []string `json:"readers"`
			Writers   []string `json:"writers"`
		}{m.name, s.Region, s.KMSKeyARN, s.Readers, s.Writers}),
	} {
		data[key] = base64.StdEncoding.EncodeToString([]byte(value))
	}
	return object{
		"apiVersion": "v1",
		"kind":       "Secret",
		"metadata":   m.metadata("-secret", nil),
		"type":       "connection.crossplane.io/v1alpha1",
		"data":       data,
	}
}

func lifecycle(rules []rule) []any {
	all := make([]any, 0, len(rules))
	for _, r := range rules {
		all = append(all, object{
			"id":         r.ID,
			"prefix":     r.Prefix,
			"enabled":    true,
			"transition": []any{object{"days": r.Days, "storageClass": r.StorageClass}},
		})
	}
	return all
}

type document struct {
	Version   string
	Statement []statement
}

type statement struct {
	Effect    string
	Action    any
	Principal map[string][]string `json:",omitempty"`
	Sid       string              `json:",omitempty"`
	Resource  []string            `json:",omitempty"`
}

func trust(s spec) string {
	all := append(append([]string{}, s.Readers...), s.Writers...)
	return text(document{"2012-10-17", []statement{
		{Effect: "Allow", Action: "sts:AssumeRole", Principal: map[string][]string{"AWS": all}},
	}})
}

func access(name string, s spec) string {
	bucket := "arn:aws:s3:::" + name
	allow := func(sid string, resources []string, actions ...string) statement {
		return statement{Effect: "Allow", Action: actions, Sid: sid, Resource: resources}
	}
	return text(document{"2012-10-17", []statement{
		allow("Read", []string{bucket, bucket + "/*"}, "s3:GetObject", "s3:ListBucket", "s3:GetBucketLocation"),
		allow("Write", []string{bucket + "/*"}, "s3:PutObject", "s3:AbortMultipartUpload"),
		allow("UseKey", []string{s.KMSKeyARN}, "kms:Decrypt", "kms:GenerateDataKey"),
	}})
}

func text(value any) string {
	encoded, _ := json.Marshal(value)
	return string(encoded)
}
