package main

import (
	"context"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/crossplane/function-sdk-go/errors"
	v1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/request"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/crossplane/function-sdk-go/resource/composed"
	"github.com/crossplane/function-sdk-go/resource/composite"
	"github.com/crossplane/function-sdk-go/response"
)

type archive struct {
	v1.UnimplementedFunctionRunnerServiceServer
}

// RunFunction composes eight objects of an XArchive; what it answers is what our function answers.
func (a *archive) RunFunction(_ context.Context, req *v1.RunFunctionRequest) (*v1.RunFunctionResponse, error) {
	rsp := response.To(req, response.DefaultTTL)
	if err := compose(req, rsp); err != nil {
		response.Fatal(rsp, err)
	}
	return rsp, nil
}

func compose(req *v1.RunFunctionRequest, rsp *v1.RunFunctionResponse) error {
	xr, err := request.GetObservedCompositeResource(req)
	if err != nil {
		return errors.Wrap(err, "cannot get the observed composite resource")
	}
	observed, err := request.GetObservedComposedResources(req)
	if err != nil {
		return errors.Wrap(err, "cannot get observed composed resources")
	}
	desired, err := request.GetDesiredComposedResources(req)
	if err != nil {
		return errors.Wrap(err, "cannot get desired composed resources")
	}
	objects, err := drafts(xr.Resource)
	if err != nil {
		return err
	}
	for name, object := range objects {
		ready := resource.ReadyFalse
		if there, ok := observed[name]; ok && isReady(there.Resource) {
			ready = resource.ReadyTrue
		}
		desired[name] = &resource.DesiredComposed{
			Resource: &composed.Unstructured{Unstructured: unstructured.Unstructured{Object: object}},
			Ready:    ready,
		}
	}
	if err := response.SetDesiredComposedResources(rsp, desired); err != nil {
		return errors.Wrap(err, "cannot set desired composed resources")
	}
	if err := response.SetDesiredCompositeResource(rsp, &resource.Composite{Resource: composite.New()}); err != nil {
		return errors.Wrap(err, "cannot set the desired composite resource")
	}
	response.ConditionTrue(rsp, "Composed", "Complete").TargetCompositeAndClaim()
	rsp.Requirements = &v1.Requirements{}
	return nil
}

func isReady(object *composed.Unstructured) bool {
	if object.GetKind() == "Secret" {
		return true
	}
	conditions, _, _ := unstructured.NestedSlice(object.Object, "status", "conditions")
	for _, each := range conditions {
		if condition, ok := each.(map[string]any); ok && condition["type"] == "Ready" {
			return condition["status"] == "True"
		}
	}
	return false
}
